import { inTitle } from '@valetkey/shown-text';
import type { Messages } from '../messages/messages.js';
import { html } from './html.js';
import { ICON } from './icons.js';
import type { PageView } from './page-view.js';

/** What is the same on every page of this server. */
export interface PageFrame {
  /** The product's name, or the operator's. */
  readonly brand: string;
  /** The issuer's host, so that people can see where they are. */
  readonly host: string;
  /** Address of the style sheet. */
  readonly stylesheet: string;
  /** Where help is found (WCAG 3.2.6); left out when there is none. */
  readonly helpUrl?: string;
}

/** The key of the brand, so that browsers ask for no other icon. */
export const FAVICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#3d86cf" stroke-width="2.500" stroke-linecap="round"><circle cx="8" cy="15" r="5"/><path d="M11.600 11.400 20 3m-3.500 3.500 3 3"/></svg>',
)}`;

/** A whole document. */
export function documentOf({ title, body, script }: PageView, frame: PageFrame, messages: Messages): string {
  const { brand, host, stylesheet, helpUrl } = frame;
  const page = html`<!doctype html>
    <html lang="${messages.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${inTitle(title)} · ${brand}</title>
        <link rel="stylesheet" href="${stylesheet}" />
        <link rel="icon" type="image/svg+xml" id="icon" />
      </head>
      <body>
        <div class="frame">
          <header class="brand">${ICON.key}<span>${brand}</span></header>
          <main class="card">${body}</main>
          <footer class="foot">
            <span class="value">${host}</span
            >${helpUrl !== undefined && html`<a class="link" href="${helpUrl}">${messages.frame.help}</a>`}
          </footer>
        </div>
      </body>
    </html> `;
  // The two things that the template refuses, both fixed texts of ours. Values are escaped: neither place can be in them.
  const fixed = page.toString().replace('id="icon"', () => `href="${FAVICON}"`);
  return script ? fixed.replace('</body>', () => `<script>${script.source}</script></body>`) : fixed;
}
