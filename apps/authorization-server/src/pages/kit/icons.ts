import type { Html } from './html.js';
import { html } from './html.js';

const icon = (path: Html): Html =>
  html`<svg
    width="20"
    height="20"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${path}
  </svg>`;

/** Pictures repeat what words say; assistive technology does not hear of them. */
export const ICON = {
  key: html`<svg
    width="28"
    height="28"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <circle cx="8" cy="15" r="5"></circle>
    <path d="M11.6 11.4 20 3m-3.5 3.5 3 3"></path>
  </svg>`,
  dot: icon(html`<circle cx="12" cy="12" r="3" fill="currentColor"></circle>`),
  check: icon(html`<path d="m5 12.5 4.5 4.5L19 7.5"></path>`),
  cross: icon(html`<path d="m6 6 12 12M18 6 6 18"></path>`),
  warning: icon(html`<path d="M12 4 2.8 20h18.4zM12 10v4.5m0 2.7v.1"></path>`),
  info: icon(html`<circle cx="12" cy="12" r="9"></circle><path d="M12 11.5V16m0-8.2v.1"></path>`),
  clock: icon(html`<circle cx="12" cy="12" r="9"></circle><path d="M12 7v5l3.2 2"></path>`),
  fingerprint: icon(
    html`<path
      d="M6.5 18.5A11 11 0 0 0 8 13a4 4 0 0 1 8 0c0 2-.3 4-1 6M12 13c0 3-.6 5.4-1.8 7.5M4 14.500V13a8 8 0 0 1 16 0c0 1.400-.1 2.700-.3 4"
    ></path>`,
  ),
} as const satisfies Readonly<Record<string, Html>>;
