import fc from 'fast-check';
import { emailAddress } from './invitation.js';

describe('invitations go to one e-mail address', () => {
  it.each([
    ['maya@example.org', 'maya@example.org'],
    [' Maya.Meyer+albums@Example.ORG ', 'Maya.Meyer+albums@example.org'],
    ["o'brien@mail.example.co", "o'brien@mail.example.co"],
  ])('%j is %j', (text, address) => {
    expect(emailAddress(text)).toBe(address);
  });

  it.each([
    ...['', 'maya', 'maya@', '@example.org', 'maya@localhost', 'maya@127.0.0.1', 'maya@[127.0.0.1]', 'a@b@example.org'],
    ...['maya@example.org,eve@evil.example', 'maya@example.org\r\nBcc: eve@evil.example', 'Maya <maya@example.org>'],
    ...['"maya"@example.org', 'maya @example.org', 'maya@exa mple.org', 'maya@-example.org', 'máya@example.org'],
    ...['maya@example.org\u202e', `${'m'.repeat(65)}@example.org`, `maya@${'e'.repeat(64)}.org`, 'maya@example.org;x'],
    ...['maya@example.org.', `m@${'example.'.repeat(32)}org`],
  ])('%j is none', (text) => {
    expect(emailAddress(text)).toBeUndefined();
  });

  it('has one @, no blank, no control and nothing that ends it (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(emailAddress(`${text}@example.org`) ?? 'a@b').toMatch(/^[^\s@<>,;:"()[\]\\]+@[a-z0-9.-]+$/u);
      }),
    );
  });
});
