import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { wait } from '../kit/dates.js';
import { form, problemBox, submitButton, textField } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageLink, PageView } from '../kit/page-view.js';
import { anotherPerson, heading, links, noticeBox, signedInLine } from '../kit/parts.js';
import { fill } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** A2 Second step. Posts `code`, or `decision=cancel` when `cancellable`. A wrong code clears nothing; a locked one shows no field. */
export interface SecondStepModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  /** Whose account, as it was typed. */
  readonly account: string;
  /** Where somebody else signs in instead. */
  readonly another?: FormTarget;
  /** She gave no password just now: she is signed in, and more is asked for. */
  readonly isSignedIn?: boolean;
  /** What was tried stays in the field, and how many tries are left before a wait. */
  readonly problem?:
    | { readonly kind: 'wrong'; readonly code: string; readonly left: number }
    | { readonly kind: 'locked'; readonly until: Instant };
  /** Asks for a code of the app, which is usual, or for a recovery code. */
  readonly asks?: 'app' | 'recovery_code';
  /** Shows Cancel, which goes back to the application without signing in. */
  readonly cancellable?: boolean;
  /** Other ways to confirm, such as a passkey page. */
  readonly otherWays?: readonly PageLink[];
}

export function secondStepView(model: SecondStepModel, messages: Messages): PageView {
  const { secondStep } = messages;
  const { problem, otherWays = [] } = model;
  const isLocked = problem?.kind === 'locked';
  return {
    title: secondStep.title,
    body: html`${problem?.kind === 'wrong' && problemBox(messages, problemOf(model, messages), 'code')}
    ${signedInLine(messages, model.account, model.another)}
    ${heading(secondStep.title, model.isSignedIn ? secondStep.leadSignedIn : secondStep.lead)}
    ${isLocked && noticeBox('warn', html`<p>${problemOf(model, messages)}</p>`)} ${codeForm(model, isLocked, messages)}
    ${
      otherWays.length > 0 &&
      html`<div class="tight">
        <h2 class="section">${secondStep.otherWays}</h2>
        ${links(otherWays)}
      </div>`
    }
    ${anotherPerson(model.another)}`,
  };
}

function codeForm(model: SecondStepModel, isLocked: boolean, messages: Messages): Html | undefined {
  const cancel = {
    label: messages.frame.cancel,
    kind: 'equal',
    decision: { name: 'decision', value: 'cancel' },
  } as const;
  if (isLocked && model.cancellable !== true) return undefined;
  return form(
    model.form,
    html`${!isLocked && codeField(model, messages)}
      <div class="actions">
        ${!isLocked && submitButton({ label: messages.secondStep.submit })} ${model.cancellable && submitButton(cancel)}
      </div>`,
  );
}

function codeField(model: SecondStepModel, messages: Messages): Html {
  const { secondStep } = messages;
  const isApp = model.asks !== 'recovery_code';
  const longest = isApp ? 20 : 40;
  return html`${textField({
    name: 'code',
    label: isApp ? secondStep.code : secondStep.recoveryCode,
    help: isApp ? secondStep.codeHelp : secondStep.recoveryCodeHelp,
    autocomplete: isApp ? 'one-time-code' : 'off',
    code: isApp ? 'digits' : 'letters',
    longest,
    ...(model.problem?.kind === 'wrong' && { value: model.problem.code.slice(0, longest) }),
    focus: model.problem === undefined,
    problem: model.problem && problemOf(model, messages),
  })}`;
}

function problemOf({ problem, time, asks }: SecondStepModel, { secondStep, locale }: Messages): Html {
  if (problem?.kind === 'locked') return fill(secondStep.wait, wait(problem.until, time, locale));
  const wrong = asks === 'recovery_code' ? secondStep.wrongRecoveryCode : secondStep.wrong;
  return html`${wrong}${problem && html` ${secondStep.triesLeft(problem.left)}`}`;
}
