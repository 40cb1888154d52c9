import fc from 'fast-check';
import { mailName } from './mail-name.js';

describe('attack class 149: names of others in messages', () => {
  it.each([
    ['Album', 'Album'],
    ['Album\r\nBcc: eve@evil.example', 'Album Bcc: eve@evil.example'],
    ['see https://evil.example/x', 'see https evil.example/x'],
    ['WWW.evil.example', 'www evil.example'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['Al\u200bbum', 'Al bum'],
    ['<b>x</b>', 'b x /b'],
    ['x'.repeat(200), 'x'.repeat(100)],
  ])('%j is told as %j', (name, told) => {
    expect(mailName(name)).toBe(told);
  });

  it('is one line without a link, whatever it was (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(mailName(name)).not.toMatch(/[\r\n\u2028\u2029<>]|:\/\//u);
      }),
    );
  });
});
