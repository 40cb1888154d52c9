import { problemBox, submitButton, textField } from '../kit/forms.js';
import { html } from '../kit/html.js';
import { PASSKEY_SCRIPT } from '../kit/passkey-script.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, links } from '../kit/parts.js';
import { passkeyForm } from '../kit/passkey-form.js';
import type { Messages } from '../messages/messages.js';

/** Makes a passkey, which needs a script. Posts `name` and `answer`. */
export interface NewPasskeyModel {
  readonly form: FormTarget;
  /** `PublicKeyCredentialCreationOptionsJSON`. */
  readonly options: string;
  readonly name?: string;
  readonly refused?: boolean;
  readonly cancelUrl: string;
}

export function newPasskeyView(model: NewPasskeyModel, messages: Messages): PageView {
  const { passkeys, frame } = messages;
  const content = html`${textField({
    name: 'name',
    label: passkeys.name,
    help: passkeys.nameHelp,
    value: model.name,
    longest: 100,
    required: false,
    focus: model.refused !== true,
  })}${submitButton({ label: passkeys.create })}`;
  return {
    title: passkeys.addTitle,
    body: html`${model.refused && problemBox(messages, passkeys.refused)}
    ${heading(passkeys.addTitle, passkeys.addLead)}
    ${passkeyForm({ ...model, ceremony: 'create', start: 'by-button' }, content, messages)}
    ${links([{ label: frame.cancel, url: model.cancelUrl }])}`,
    script: PASSKEY_SCRIPT,
  };
}
