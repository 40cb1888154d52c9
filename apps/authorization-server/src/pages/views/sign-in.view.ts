import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { past, wait } from '../kit/dates.js';
import { form, problemBox, submitButton, textField } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, linkButton, links, noticeBox } from '../kit/parts.js';
import { fill, name } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/**
 * A1 Sign in. Posts `username`, `password`, or `decision=cancel` when `cancellable`. Its texts are the same for known and
 * unknown accounts: what differs is only what the person has typed.
 */
export interface SignInModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  /** Name of the application that wants the sign-in, if any. */
  readonly application?: string;
  /** Filled in: what was typed before, or `login_hint`. */
  readonly username?: string;
  /** Why a person who is signed in already is asked again. */
  readonly reason?: 'again' | 'stronger' | 'expired';
  readonly problem?: { readonly kind: 'refused' } | { readonly kind: 'wait'; readonly until: Instant };
  /** Partners to sign in with; the one used last comes first. None as long as nobody can sign in at a partner. */
  readonly partners?: readonly PartnerChoice[];
  /** Page for a passkey, the same for everybody; without it the link is left out. */
  readonly passkeyUrl?: string;
  /** Page A-recovery; without it the link is left out. */
  readonly recoveryUrl?: string;
  /** Shows Cancel, which goes back to the application without signing in. */
  readonly cancellable?: boolean;
}

export interface PartnerChoice {
  readonly name: string;
  /** Begins the sign-in there. */
  readonly url: string;
  readonly last?: boolean;
  /** Since when it does not answer. */
  readonly downSince?: Instant;
}

export function signInView(model: SignInModel, messages: Messages): PageView {
  const { signIn } = messages;
  const { application, problem, reason } = model;
  const partners = model.partners ?? [];
  return {
    title: signIn.title,
    body: html`${problem && problemBox(messages, problemOf(model, messages), problem.kind === 'wait' ? undefined : 'password')}
    ${heading(signIn.title, application !== undefined && fill(signIn.toGoOn, name(application)))}
    ${reason && noticeBox('note', html`<p>${signIn[reason]}</p>`)} ${form(model.form, fields(model, messages))}
    ${
      (partners.length > 0 || model.passkeyUrl !== undefined) &&
      html`<p class="or">${signIn.or}</p>
        <div class="actions">
          ${model.passkeyUrl !== undefined && linkButton(signIn.withPasskey, model.passkeyUrl, 'equal')}
          ${partners.map((one) => partner(one, model, messages))}
        </div>`
    }
    ${links([model.recoveryUrl === undefined ? undefined : { label: signIn.forgotten, url: model.recoveryUrl }])}`,
  };
}

function fields({ username, problem, cancellable }: SignInModel, messages: Messages): Html {
  const { signIn } = messages;
  const isWrong = problem !== undefined;
  const isNameKnown = username !== undefined;
  return html`${textField({
      name: 'username',
      label: signIn.name,
      autocomplete: 'username webauthn',
      value: username,
      focus: !isNameKnown && !isWrong,
      isWrong,
    })}
    ${textField({
      name: 'password',
      label: signIn.password,
      type: 'password',
      autocomplete: 'current-password',
      focus: isNameKnown && !isWrong,
      isWrong,
      problem: problem && problem.kind !== 'wait' && messages.signIn.refused,
    })}
    <div class="actions">
      ${submitButton({ label: signIn.submit })}
      ${cancellable && submitButton({ label: messages.frame.cancel, kind: 'equal', decision: { name: 'decision', value: 'cancel' } })}
    </div>`;
}

function problemOf({ problem, time }: SignInModel, messages: Messages): Html | string {
  if (problem?.kind !== 'wait') return messages.signIn.refused;
  return fill(messages.signIn.wait, wait(problem.until, time, messages.locale));
}

function partner(
  { name: partnerName, url, last, downSince }: PartnerChoice,
  model: SignInModel,
  messages: Messages,
): Html {
  if (downSince !== undefined) {
    const since = past(downSince, model.time, messages.locale);
    return noticeBox('warn', html`<p>${fill(messages.signIn.partnerDown, name(partnerName), since)}</p>`);
  }
  const label = html`<span
    >${fill(messages.signIn.withPartner, name(partnerName))}
    ${last && html`<span class="tag">${messages.signIn.lastUsed}</span>`}</span
  >`;
  return linkButton(label, url, 'equal');
}
