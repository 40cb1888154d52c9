import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { wait } from '../kit/dates.js';
import { form, problemBox, submitButton, textField } from '../kit/forms.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, links } from '../kit/parts.js';
import { fill } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** Asks for a link to a new password. Posts `username`; what follows is always result `recovery_sent`, account or not. */
export interface RecoveryModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  readonly username?: string;
  readonly waitUntil?: Instant;
  readonly signInUrl: string;
}

export function recoveryView(model: RecoveryModel, messages: Messages): PageView {
  const { recovery, locale } = messages;
  const { username, waitUntil, signInUrl, time } = model;
  return {
    title: recovery.title,
    body: html`${waitUntil !== undefined && problemBox(messages, fill(recovery.wait, wait(waitUntil, time, locale)))}
    ${heading(recovery.title, recovery.lead)}
    ${form(
      model.form,
      html`${textField({
        name: 'username',
        label: recovery.name,
        autocomplete: 'username',
        value: username,
        focus: waitUntil === undefined,
      })}
      ${submitButton({ label: recovery.submit })}`,
    )}
    ${links([{ label: recovery.back, url: signInUrl }])}`,
  };
}
