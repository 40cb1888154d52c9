import { form, problemBox, submitButton, textField } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, links } from '../kit/parts.js';
import { fill, name } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** A new password, by a one-time link or by who is signed in. Posts `current_password` (if asked), `password`, `password_again`. */
export interface NewPasswordModel {
  readonly form: FormTarget;
  readonly account: string;
  /** Ask for the present password as well: yes for a change, no after recovery. */
  readonly askCurrent: boolean;
  /** Least length, in characters. */
  readonly least: number;
  /** Leaves without a change. */
  readonly cancelUrl?: string;
  readonly problem?: 'too_short' | 'too_long' | 'too_common' | 'different' | 'current_wrong' | 'same';
}

export function newPasswordView(model: NewPasswordModel, messages: Messages): PageView {
  const { newPassword } = messages;
  const { account, problem } = model;
  return {
    title: newPassword.title,
    body: html`${problem && problemBox(messages, problemText(model, messages), FIELD_OF[problem])}
    ${heading(newPassword.title, fill(newPassword.lead, name(account)))} ${form(model.form, fields(model, messages))}
    ${links([model.cancelUrl === undefined ? undefined : { label: messages.frame.cancel, url: model.cancelUrl }])}`,
  };
}

const FIELD_OF = {
  too_short: 'password',
  too_long: 'password',
  too_common: 'password',
  same: 'password',
  different: 'password_again',
  current_wrong: 'current_password',
} as const;

function fields(model: NewPasswordModel, messages: Messages): Html {
  const { newPassword } = messages;
  const { askCurrent, least, problem } = model;
  const wrong = (field: string) => problem !== undefined && FIELD_OF[problem] === field && problemText(model, messages);
  const secret = { type: 'password', autocomplete: 'new-password' } as const;
  // The name is there for password managers, which otherwise cannot tell whose password it is.
  return html`<input type="hidden" name="username" autocomplete="username" value="${model.account}" />
    ${
      askCurrent &&
      textField({
        name: 'current_password',
        label: newPassword.current,
        type: 'password',
        autocomplete: 'current-password',
        problem: wrong('current_password'),
      })
    }
    ${textField({ ...secret, name: 'password', label: newPassword.password, help: newPassword.help(least), problem: wrong('password') })}
    ${textField({ ...secret, name: 'password_again', label: newPassword.repeat, problem: wrong('password_again') })}
    <p class="quiet">${newPassword.endsOthers}</p>
    ${submitButton({ label: newPassword.submit })}`;
}

function problemText({ problem, least }: NewPasswordModel, { newPassword }: Messages): string {
  switch (problem) {
    case 'too_long':
      return newPassword.tooLong;
    case 'too_common':
      return newPassword.tooCommon;
    case 'different':
      return newPassword.different;
    case 'current_wrong':
      return newPassword.currentWrong;
    case 'same':
      return newPassword.same;
    case 'too_short':
    case undefined:
      return newPassword.tooShort(least);
  }
}
