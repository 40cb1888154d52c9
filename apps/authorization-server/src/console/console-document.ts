import { FAVICON } from '../pages/kit/document.js';
import { html } from '../pages/kit/html.js';
import type { Messages } from '../pages/messages/messages.js';
import type { ConsoleEntry } from './console-files.service.js';

/** Scripts, styles and calls of this origin alone: nothing inline, nothing framed. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Header fields of a console's document. */
export const CONSOLE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const;

/**
 * The document of a console. `data-issuer-path` tells the script below which path everything is.
 * @param prefix - the issuer's path, empty for none
 */
export function consoleDocument(
  { script, modules, styles }: ConsoleEntry,
  { prefix, messages }: { readonly prefix: string; readonly messages: Messages },
): string {
  const at = (file: string) => `${prefix}/console/${file}`;
  const page = html`<!doctype html>
    <html lang="${messages.locale}" data-issuer-path="${prefix}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>Valetkey</title>
        ${styles.map((file) => html`<link rel="stylesheet" href="${at(file)}" />`)}
        ${modules.map((file) => html`<link rel="modulepreload" href="${at(file)}" />`)}
        <link rel="icon" type="image/svg+xml" id="icon" />
      </head>
      <body>
        <div id="root"></div>
      </body>
    </html> `;
  return page
    .toString()
    .replace('id="icon"', () => `href="${FAVICON}"`)
    .replace('</head>', () => `<script type="module" src="${encodeURI(at(script))}"></script></head>`)
    .replace('</body>', () => `<noscript><p>${messages.frame.needsScript}</p></noscript></body>`);
}
