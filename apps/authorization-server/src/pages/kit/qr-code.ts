import type { Html } from './html.js';
import { html } from './html.js';
import { modulesOf } from './qr/matrix.js';

/** Light modules around a code, without which readers do not find it. */
const MARGIN = 4;

/**
 * A text as a QR code, drawn in the page: nothing is loaded and nothing leaves the browser.
 * @param alternative - what it is, for who cannot see it
 * @throws RangeError for a text of more than 412 bytes
 */
export function qrCode(text: string, alternative: string): Html {
  const modules = modulesOf(text);
  const side = modules.length + 2 * MARGIN;
  const path = modules.flatMap((row, index) =>
    runs(row).map(({ start, length }) => `M${start} ${index}h${length}v1h-${length}`),
  );
  const box = [-MARGIN, -MARGIN, side, side].join(' ');
  return html`<svg class="qr" viewBox="${box}" role="img" aria-label="${alternative}" shape-rendering="crispEdges">
    <path fill="#000" d="${path.join('')}"></path>
  </svg>`;
}

function runs(row: readonly boolean[]): readonly { readonly start: number; readonly length: number }[] {
  const text = row.map((isDark) => (isDark ? '1' : '0')).join('');
  return [...text.matchAll(/1+/g)].map((run) => ({ start: run.index, length: run[0].length }));
}
