import { form, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, links, noticeBox, signedInLine } from '../kit/parts.js';
import type { Messages } from '../messages/messages.js';

/** Whether one-time codes are on. Posts `decision`: `begin`, `renew` or `remove`. */
export interface CodeSettingsModel {
  readonly form: FormTarget;
  readonly account: string;
  readonly isOn: boolean;
  /** Recovery codes that were not used. */
  readonly codesLeft: number;
  readonly accountUrl: string;
}

export function codeSettingsView(model: CodeSettingsModel, messages: Messages): PageView {
  const { recoveryCodes, account } = messages;
  return {
    title: recoveryCodes.title,
    body: html`${signedInLine(messages, model.account, undefined)} ${heading(recoveryCodes.title)}
    ${model.isOn ? noticeBox('good', html`<p>${recoveryCodes.on}</p>`) : html`<p>${recoveryCodes.off}</p>`}
    ${model.isOn && html`<p class="quiet">${recoveryCodes.left(model.codesLeft)}</p>`}
    ${form(model.form, html`<div class="actions">${model.isOn ? whenOn(messages) : begin(recoveryCodes.begin)}</div>`)}
    ${links([{ label: account.back, url: model.accountUrl }])}`,
  };
}

function begin(label: string, kind: 'primary' | 'equal' = 'primary'): Html {
  return submitButton({ label, kind, decision: { name: 'decision', value: 'begin' } });
}

function whenOn({ recoveryCodes }: Messages): Html {
  const renew = { name: 'decision', value: 'renew' };
  const remove = { name: 'decision', value: 'remove' };
  return html`${submitButton({ label: recoveryCodes.renew, kind: 'equal', decision: renew })}
  ${begin(recoveryCodes.another, 'equal')}
  ${submitButton({ label: recoveryCodes.remove, kind: 'revoke', decision: remove })}`;
}
