import { html } from '../kit/html.js';
import type { PageView } from '../kit/page-view.js';
import { heading, linkButton, noticeBox, signedInLine } from '../kit/parts.js';
import type { Messages } from '../messages/messages.js';

/** Fresh recovery codes, shown once. */
export interface RecoveryCodesModel {
  readonly account: string;
  readonly codes: readonly string[];
  readonly nextUrl: string;
}

export function recoveryCodesView({ account, codes, nextUrl }: RecoveryCodesModel, messages: Messages): PageView {
  const { recoveryCodes } = messages;
  return {
    title: recoveryCodes.shownTitle,
    body: html`${signedInLine(messages, account, undefined)}
      ${heading(recoveryCodes.shownTitle, recoveryCodes.shownLead)}
      ${noticeBox('warn', html`<p>${recoveryCodes.shownOnce}</p>`)}
      <ol class="tight" role="list">
        ${codes.map((code) => html`<li class="mono strong">${code}</li>`)}
      </ol>
      ${linkButton(recoveryCodes.kept, nextUrl)}`,
  };
}
