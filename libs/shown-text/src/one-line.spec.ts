import fc from 'fast-check';
import { inOneLine, inTitle, isolated, withoutTurning } from './one-line.js';

const TURNING = ['\u202e', '\u202a', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c'];
const anyText = () => fc.string({ unit: 'binary', maxLength: 200 });
const hostile = () =>
  fc.array(fc.oneof(fc.constantFrom(...TURNING, '\r\n', '\0', '\u2028', '\u2029', '\ud800', 'a', 'ש'), anyText()));

describe('attack classes 212, 218: text of others in one line', () => {
  it.each(TURNING)('%j is left out', (control) => {
    expect(withoutTurning(`a${control}\nb${control}`)).toBe('a\nb');
    expect(inOneLine(`a${control}b${control}`)).toBe('ab');
    expect(isolated(`a${control}`)).toBe('\u2068a\u2069');
  });

  it.each(['\r\n', '\0', '\t', '\u0085', '\u2028', '\u2029', '\ud800'])('%j is a space', (control) =>
    expect(inOneLine(`a${control}b`)).toBe('a b'),
  );

  it('what is written from right to left stays', () => expect(inOneLine('שלום אב')).toBe('שלום אב'));

  it('a title has no isolates, on pages and in consoles', () => {
    expect(inTitle(`${isolated('ألبوم')} · Valetkey`)).toBe('ألبوم · Valetkey');
  });

  it('nothing that turns or breaks is left, whatever it was, and once is enough (property)', () => {
    fc.assert(
      fc.property(hostile(), (pieces) => {
        const line = inOneLine(pieces.join(''));
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        expect(inOneLine(line)).toBe(line);
        expect(inTitle(isolated(line))).toBe(line);
      }),
    );
  });
});
