import { decodeQR } from 'qr/decode.js';
import { qrCode } from './qr-code.js';

const URI = 'otpauth://totp/Valetkey:anna%40acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Valetkey';
/** Pixels of a module: a reader needs more than one. */
const SCALE = 4;

/** What a camera sees of the drawing: black where a path is, white elsewhere. */
function photographed(picture: string): { height: number; width: number; data: Uint8Array } {
  const [, side = ''] = /viewBox="0 0 (\d+) \d+"/.exec(picture) ?? [];
  const width = Number(side) * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, start, row, length] of picture.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+/g)) {
    for (let y = 0; y < SCALE; y += 1) {
      const line = (Number(row) * SCALE + y) * width;
      const first = line + Number(start) * SCALE;
      for (let x = 0; x < Number(length) * SCALE; x += 1) data.set([0, 0, 0], (first + x) * 4);
    }
  }
  return { height: width, width, data };
}

describe('ISO/IEC 18004: a text as a picture to scan', () => {
  it.each([['HELLO'], [URI], ['ü'.repeat(206)]])('%j is read back from the drawing', (text) => {
    expect(decodeQR(photographed(qrCode(text, 'Picture').toString()))).toBe(text);
  });

  it('what no code can hold is refused', () => {
    expect(() => qrCode('x'.repeat(3_000), 'Picture')).toThrow();
  });

  it('is drawn in the page, with a name and light around it', () => {
    const picture = qrCode('HELLO', '"Picture"').toString();
    expect(picture).toContain('aria-label="&quot;Picture&quot;"');
    expect(picture).toContain('viewBox="0 0 29 29"');
    expect(picture).toContain('M4 4h7v1h-7');
  });
});
