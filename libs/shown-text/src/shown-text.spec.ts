import { HAS_A_LETTER, SHOWN_TEXT, shownNameOf } from './shown-text.js';

const UNSHOWN = [
  '\u202e',
  '\u2066',
  '\u061c',
  '\u200e',
  '\u200b',
  '\u2028',
  '\u00ad',
  '\u3164',
  '\u115f',
  '\u2800',
  '\u{e0041}',
];
const MARKED = `a${'\u0301'.repeat(40)}`;

describe('attack classes 212, 218: what people are shown', () => {
  it.each(UNSHOWN)('%j is in no text, and in no name that is made of one', (character) => {
    expect(SHOWN_TEXT.test(`Print${character}shop`)).toBe(false);
    expect(shownNameOf(`Print${character}shop`, 60)).toBe('Print shop');
    expect(shownNameOf(character, 60)).toBeUndefined();
  });

  it('a letter has no tower of marks', () => {
    expect(SHOWN_TEXT.test(MARKED)).toBe(false);
    expect(SHOWN_TEXT.test(shownNameOf(MARKED, 60) ?? MARKED)).toBe(true);
  });

  it.each(['Dịch vụ', 'می\u200cخواهم', 'שָׁלוֹם', 'ร้านพี่น้อง', '❤\ufe0f Photos', '👩\u200d👧 Family', '印刷店', ''])(
    '%j is one',
    (text) => expect(SHOWN_TEXT.test(text)).toBe(true),
  );

  it('nothing but signs is no name', () => {
    expect(HAS_A_LETTER.test('- . -')).toBe(false);
    expect(shownNameOf('- . -', 60)).toBeUndefined();
  });
});
