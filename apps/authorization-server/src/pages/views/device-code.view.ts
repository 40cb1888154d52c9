import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { wait } from '../kit/dates.js';
import { form, problemBox, submitButton, textField } from '../kit/forms.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, noticeBox } from '../kit/parts.js';
import { fill } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** A6 Device code entry. Posts `user_code` as it was typed: case and hyphens are the reader's business. */
export interface DeviceCodeModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  /** What was typed before, or what a link of another site says: nothing is looked up before she sends it. */
  readonly code?: string;
  /** A wrong code and one that is over read the same. */
  readonly problem?: { readonly kind: 'unknown' } | { readonly kind: 'wait'; readonly until: Instant };
}

export function deviceCodeView({ form: target, time, code, problem }: DeviceCodeModel, messages: Messages): PageView {
  const { device, locale } = messages;
  const field = html`${textField({
    name: 'user_code',
    label: device.code,
    help: device.codeHelp,
    code: 'letters',
    longest: 40,
    value: code,
    focus: problem === undefined,
    problem: problem && device.unknown,
  })}
  ${submitButton({ label: device.submit })}`;
  return {
    title: device.title,
    body: html`${problem?.kind === 'unknown' && problemBox(messages, device.unknown, 'user_code')}
    ${heading(device.title)}
    ${noticeBox(
      'warn',
      html`<p class="strong">${device.warning}</p>
        <p>${device.neverSent}</p>`,
    )}
    ${
      problem?.kind === 'wait'
        ? noticeBox('bad', html`<p>${fill(device.wait, wait(problem.until, time, locale))}</p>`)
        : form(target, field)
    }`,
  };
}
