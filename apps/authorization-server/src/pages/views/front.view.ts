import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { PageLink, PageView } from '../kit/page-view.js';
import { heading, linkButton } from '../kit/parts.js';
import type { Messages } from '../messages/messages.js';

/** What people find who type the server's address into a browser. Nothing of theirs is shown, and nothing is asked. */
export interface FrontModel {
  readonly accountUrl: string;
  readonly deviceUrl: string;
  /** For developers, in the English of the specifications; folded. */
  readonly technical: readonly PageLink[];
}

export function frontView({ accountUrl, deviceUrl, technical }: FrontModel, messages: Messages): PageView {
  const { front, account, device } = messages;
  return {
    title: front.title,
    body: html`${heading(front.title, front.lead)}
      <div class="tight">
        ${linkButton(account.title, accountUrl)}
        <p class="quiet">${front.accountLine}</p>
      </div>
      <div class="tight">
        ${linkButton(device.title, deviceUrl, 'equal')}
        <p class="quiet">${front.deviceLine}</p>
      </div>
      <details class="more">
        <summary class="summary">${front.forDevelopers}</summary>
        <ul role="list" lang="en">
          ${technical.map(item)}
        </ul>
      </details>`,
  };
}

function item({ label, url }: PageLink): Html {
  return html`<li><a class="link" href="${url}">${label}</a></li>`;
}
