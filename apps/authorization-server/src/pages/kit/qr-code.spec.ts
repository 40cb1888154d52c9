import { createHash } from 'node:crypto';
import { modulesOf } from './qr/matrix.js';
import { qrCode } from './qr-code.js';

const URI = 'otpauth://totp/Valetkey:anna%40acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Valetkey';

const digestOf = (text: string): string => {
  const rows = modulesOf(text).map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''));
  return createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 32);
};

describe('ISO/IEC 18004: a text as a picture to scan', () => {
  // Digests of pictures that an independent reader has read back: one block, several, and blocks of two lengths.
  it.each([
    ['HELLO', 21, 'c346c75add5698735afe3f7eb4f3e6c5'],
    [URI, 41, '1033b05817ab668585d70b1c0ce0130b'],
    ['x'.repeat(400), 77, '3ed4282a72f331b172e38681e0132789'],
  ])('%j', (text, size, digest) => {
    expect(modulesOf(text)).toHaveLength(size);
    expect(digestOf(text)).toBe(digest);
  });

  it('the longest text has 412 bytes; a longer one is refused', () => {
    expect(modulesOf('ü'.repeat(206))).toHaveLength(77);
    expect(() => modulesOf('ü'.repeat(207))).toThrow(RangeError);
  });

  it('is drawn in the page, with a name and light around it', () => {
    const picture = qrCode('HELLO', '"Picture"').toString();
    expect(picture).toContain('aria-label="&quot;Picture&quot;"');
    expect(picture).toContain('viewBox="-4 -4 29 29"');
    expect(picture).toContain('M0 0h7v1h-7');
  });
});
