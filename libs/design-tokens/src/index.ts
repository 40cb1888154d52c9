export type { ColourRole, ThemedColour } from './tokens.js';
export { COLOURS, PAIRS, tokenStyles } from './tokens.js';
