import { equalButtons, form } from '../kit/forms.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading } from '../kit/parts.js';
import { fill, name } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** Sign-out, to be confirmed. Posts `decision=stay` or `decision=sign_out`: no link of another site signs anybody out. */
export interface SignOutModel {
  readonly form: FormTarget;
  readonly account: string;
  /** Name of the application that asks for it. */
  readonly application?: string;
}

export function signOutView({ form: target, account, application }: SignOutModel, messages: Messages): PageView {
  const { signOut } = messages;
  return {
    title: signOut.title,
    body: html`${heading(signOut.title, fill(signOut.lead, name(account)))}
      ${application !== undefined && html`<p>${fill(signOut.askedBy, name(application))}</p>`}
      <p class="quiet">${signOut.effect}</p>
      ${form(
        target,
        equalButtons(
          { label: signOut.stay, decision: { name: 'decision', value: 'stay' } },
          { label: signOut.submit, decision: { name: 'decision', value: 'sign_out' } },
        ),
      )}`,
  };
}
