import { passkeyName, shortPasskeyName } from './passkey-name.js';

describe('218 what a person calls a passkey', () => {
  it.each([
    ['  My telephone ', 'My telephone'],
    ['two\nlines\r\nand\u0000more', 'two lines and more'],
    ['a\u202eb', 'ab'],
    ['e\u0301', '\u00e9'],
    ['<b>"&', '<b>"&'],
    ['x'.repeat(100), 'x'.repeat(100)],
  ])('%j is kept as %j', (text, name) => {
    expect(passkeyName(text)).toEqual({ name });
    expect(shortPasskeyName(text)).toBe(name);
  });

  it.each([
    ['', 'empty'],
    [' \t\u200f ', 'empty'],
    ['x'.repeat(101), 'too_long'],
  ])('%j is none: %s', (text, problem) => expect(passkeyName(text)).toEqual({ problem }));

  it('one that is too long as the passkey is made is cut between signs', () => {
    expect(shortPasskeyName('x'.repeat(200))).toBe('x'.repeat(100));
    expect(shortPasskeyName(`${'x'.repeat(99)}\u{1f511}`)).toBe('x'.repeat(99));
  });
});
