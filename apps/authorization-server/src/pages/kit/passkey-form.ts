import type { Messages } from '../messages/messages.js';
import { hiddenFields } from './forms.js';
import type { Html } from './html.js';
import { html } from './html.js';
import type { FormTarget } from './page-view.js';

/** What the script of a passkey page works with. */
export interface PasskeyCeremony {
  readonly form: FormTarget;
  readonly ceremony: 'create' | 'get';
  /** Whether the device is asked as soon as the page is there. Never after a refusal: that would go on for ever. */
  readonly start: 'at-once' | 'by-button';
  /** The options of the ceremony, as JSON. */
  readonly options: string;
}

/** The form of a passkey page. Its texts say what to do when there are no scripts, or when the device says no. */
export function passkeyForm(
  { form, ceremony, start, options }: PasskeyCeremony,
  content: Html,
  messages: Messages,
): Html {
  const { passkeys } = messages;
  return html`<p class="panel" id="passkey-needs-script">${passkeys.needsScript}</p>
    <p class="panel bad" id="passkey-problem" role="alert" tabindex="-1" hidden>${passkeys.unsupported}</p>
    <form
      class="stack"
      method="post"
      action="${form.action}"
      id="passkey"
      data-ceremony="${ceremony}"
      data-start="${start}"
      autocomplete="off"
      novalidate
    >
      ${hiddenFields({ ...form.hidden, options, answer: '' })}${content}
    </form>`;
}
