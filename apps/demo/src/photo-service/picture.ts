import { createHash } from 'node:crypto';
import { escaped } from '../page.js';

/** Header fields of a picture. An SVG can carry script, so it may load and run nothing, even when opened by itself. */
export const PICTURE_HEADERS = {
  'content-type': 'image/svg+xml; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
} as const;

/** A "photo": a landscape drawn from the numbers that its title hashes to, always the same for the same title. */
export function picture(title: string): string {
  const numbers = createHash('sha256').update(title).digest();
  const number = (index: number, from: number, to: number) => from + ((numbers[index] ?? 0) / 255) * (to - from);
  const hue = Math.round(number(0, 0, 360));
  const ridge = (start: number, height: number) =>
    [0, 1, 2, 3, 4, 5, 6]
      .map((step) => `${step * 107},${Math.round(height - number(start + step, 0, 110))}`)
      .concat('642,400', '0,400')
      .join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" role="img">
  <title>${escaped(title)}</title>
  <rect width="640" height="400" fill="hsl(${hue} 60% 82%)"/>
  <circle cx="${Math.round(number(1, 80, 560))}" cy="${Math.round(number(2, 60, 150))}" r="38" fill="hsl(45 95% 70%)"/>
  <polygon points="${ridge(3, 270)}" fill="hsl(${hue} 25% 62%)"/>
  <polygon points="${ridge(10, 340)}" fill="hsl(${(hue + 40) % 360} 30% 42%)"/>
  <text x="24" y="376" font-family="system-ui, sans-serif" font-size="24" fill="#fff">${escaped(title)}</text>
</svg>
`;
}
