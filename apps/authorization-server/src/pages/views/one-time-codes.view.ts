import { form, problemBox, submitButton, textField } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, linkButton, links, signedInLine } from '../kit/parts.js';
import { qrCode } from '../kit/qr-code.js';
import { inGroups } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** Enrols an authenticator app (TOTP). Posts `code`; the secret stays on the server and is shown once more when a code was wrong. */
export interface OneTimeCodesModel {
  readonly form: FormTarget;
  readonly account: string;
  /** Base32, without blanks. */
  readonly secret: string;
  /** `otpauth://…` of the same secret. */
  readonly uri: string;
  readonly wrong?: boolean;
  /** Leaves without switching codes on. */
  readonly cancelUrl?: string;
}

export function oneTimeCodesView(model: OneTimeCodesModel, messages: Messages): PageView {
  const { oneTimeCodes, frame } = messages;
  const { wrong = false, cancelUrl } = model;
  return {
    title: oneTimeCodes.title,
    body: html`${wrong && problemBox(messages, oneTimeCodes.wrong, 'code')}
    ${signedInLine(messages, model.account, undefined)} ${heading(oneTimeCodes.title, oneTimeCodes.lead)}
    ${secretOf(model, messages)}
    ${form(
      model.form,
      html`<h2 class="section">${oneTimeCodes.stepCode}</h2>
        ${textField({
          name: 'code',
          label: oneTimeCodes.code,
          help: oneTimeCodes.codeHelp,
          autocomplete: 'one-time-code',
          code: 'digits',
          longest: 20,
          problem: wrong && oneTimeCodes.wrong,
        })}
        ${submitButton({ label: oneTimeCodes.submit })}`,
    )}
    ${links([cancelUrl === undefined ? undefined : { label: frame.cancel, url: cancelUrl }])}`,
  };
}

function secretOf({ secret, uri }: OneTimeCodesModel, { oneTimeCodes }: Messages): Html {
  return html`<div class="tight">
    <h2 class="section">${oneTimeCodes.stepScan}</h2>
    ${qrCode(uri, oneTimeCodes.picture)} ${linkButton(oneTimeCodes.onThisDevice, uri, 'equal')}
    <p class="quiet">${oneTimeCodes.byHand}</p>
    <p class="mono">${inGroups(secret)}</p>
  </div>`;
}
