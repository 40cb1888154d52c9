export { inOneLine, inTitle, isolated, withoutTurning } from './one-line.js';
export { HAS_A_LETTER, SEEN_TEXT, SHOWN_TEXT, shownLineOf, shownNameOf } from './shown-text.js';
