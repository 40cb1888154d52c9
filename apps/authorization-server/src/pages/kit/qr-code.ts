import { encodeQR } from 'qr';
import type { Html } from './html.js';
import { html } from './html.js';

/** Light modules around a code, without which readers do not find it. */
const MARGIN = 4;

/**
 * A text as a QR code, drawn in the page: nothing is loaded and nothing leaves the browser.
 * @param alternative - what it is, for who cannot see it
 * @throws Error for a text that no code can hold (more than 2,331 bytes)
 */
export function qrCode(text: string, alternative: string): Html {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: MARGIN });
  const side = modules.length;
  const path = modules.flatMap((row, index) =>
    runs(row).map(({ start, length }) => `M${start} ${index}h${length}v1h-${length}`),
  );
  return html`<svg
    class="qr"
    viewBox="0 0 ${side} ${side}"
    role="img"
    aria-label="${alternative}"
    shape-rendering="crispEdges"
  >
    <path fill="#000" d="${path.join('')}"></path>
  </svg>`;
}

function runs(row: readonly boolean[]): readonly { readonly start: number; readonly length: number }[] {
  const text = row.map((isDark) => (isDark ? '1' : '0')).join('');
  return [...text.matchAll(/1+/g)].map((run) => ({ start: run.index, length: run[0].length }));
}
