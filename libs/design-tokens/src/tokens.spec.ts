import type { ColourRole } from './tokens.js';
import { COLOURS, PAIRS } from './tokens.js';

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('WCAG 1.4.3, 1.4.11: contrast of the colours', () => {
  it('the formula is right', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  describe.each(['light', 'dark'] as const)('%s', (theme) => {
    it.each(PAIRS.map(({ front, back, least }) => [front, back, least] as const))(
      '%s on %s is at least %d',
      (front, back, least) => {
        expect(contrast(COLOURS[front][theme], COLOURS[back][theme])).toBeGreaterThanOrEqual(least);
      },
    );
  });

  it('every colour but the decoration has a pair', () => {
    const paired = new Set<ColourRole>(PAIRS.flatMap(({ front, back }) => [front, back]));
    expect(Object.keys(COLOURS).filter((role) => !paired.has(role as ColourRole))).toEqual(['line']);
  });
});
