import { form, submitButton } from '../kit/forms.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, links, noticeBox, signedInLine } from '../kit/parts.js';
import { fill, name } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** Which mails I get. Posts `decision`: `on` or `off`. */
export interface NoticesModel {
  readonly form: FormTarget;
  readonly account: string;
  readonly email: string | null;
  /** Whether mails about waiting requests are sent. */
  readonly isOn: boolean;
  readonly accountUrl: string;
}

export function noticesView(model: NoticesModel, messages: Messages): PageView {
  const { notices, account } = messages;
  const { email, isOn } = model;
  const decision = { name: 'decision', value: isOn ? 'off' : 'on' };
  return {
    title: notices.title,
    body: html`${signedInLine(messages, model.account, undefined)}
      ${heading(notices.title, email === null ? notices.noAddress : fill(notices.lead, name(email)))}
      <h2 class="section">${notices.requests}</h2>
      ${isOn ? noticeBox('good', html`<p>${notices.on}</p>`) : html`<p>${notices.off}</p>`}
      ${form(
        model.form,
        html`<div class="actions">
          ${submitButton({ label: isOn ? notices.switchOff : notices.switchOn, kind: 'equal', decision })}
        </div>`,
      )}
      <h2 class="section">${notices.security}</h2>
      <p>${notices.always}</p>
      ${links([{ label: account.back, url: model.accountUrl }])}`,
  };
}
