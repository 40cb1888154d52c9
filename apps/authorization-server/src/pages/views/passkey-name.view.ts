import { form, problemBox, submitButton, textField } from '../kit/forms.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, links, signedInLine } from '../kit/parts.js';
import { fill, name } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** Another name for a passkey. Posts `name`. */
export interface PasskeyNameModel {
  readonly form: FormTarget;
  readonly account: string;
  /** As it is called now; untrusted, may be empty. */
  readonly present: string;
  /** What she typed, when something is wrong with it. */
  readonly typed?: string;
  readonly problem?: 'empty' | 'too_long';
  readonly cancelUrl: string;
}

export function passkeyNameView(model: PasskeyNameModel, messages: Messages): PageView {
  const { passkeys, frame } = messages;
  const { present, problem } = model;
  const wrong = problem && { empty: passkeys.nameMissing, too_long: passkeys.nameTooLong }[problem];
  const called = present === '' ? passkeys.unnamed : present;
  return {
    title: passkeys.renameTitle,
    body: html`${wrong !== undefined && problemBox(messages, wrong, 'name')}
    ${signedInLine(messages, model.account, undefined)}
    ${heading(passkeys.renameTitle, fill(passkeys.renameLead, name(called)))}
    ${form(
      model.form,
      html`${textField({
        name: 'name',
        label: passkeys.name,
        help: passkeys.nameHelp,
        value: model.typed ?? present,
        longest: 100,
        problem: wrong,
        focus: wrong === undefined,
      })}${submitButton({ label: passkeys.rename })}`,
    )}
    ${links([{ label: frame.cancel, url: model.cancelUrl }])}`,
  };
}
