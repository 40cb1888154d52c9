import { problemBox, submitButton } from '../kit/forms.js';
import { html } from '../kit/html.js';
import { ICON } from '../kit/icons.js';
import { PASSKEY_SCRIPT } from '../kit/passkey-script.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, links } from '../kit/parts.js';
import { passkeyForm } from '../kit/passkey-form.js';
import type { Messages } from '../messages/messages.js';

/** Signs in with a passkey, which needs a script. Posts `answer`; without scripts the page leads to another way. */
export interface UsePasskeyModel {
  readonly form: FormTarget;
  /** `PublicKeyCredentialRequestOptionsJSON`. */
  readonly options: string;
  readonly refused?: boolean;
  /** The sign-in with a password. */
  readonly otherWayUrl: string;
}

export function usePasskeyView(model: UsePasskeyModel, messages: Messages): PageView {
  const { passkeys } = messages;
  const start = model.refused ? 'by-button' : 'at-once';
  const button = submitButton({ label: passkeys.use, icon: ICON.fingerprint });
  return {
    title: passkeys.useTitle,
    body: html`${model.refused && problemBox(messages, passkeys.refused)}
    ${heading(passkeys.useTitle, passkeys.useLead)}
    ${passkeyForm({ ...model, ceremony: 'get', start }, button, messages)}
    ${links([{ label: passkeys.otherWay, url: model.otherWayUrl }])}`,
    script: PASSKEY_SCRIPT,
  };
}
