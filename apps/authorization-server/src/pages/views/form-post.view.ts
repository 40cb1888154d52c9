import { hiddenFields, submitButton } from '../kit/forms.js';
import { html } from '../kit/html.js';
import { PageScript } from '../kit/page-script.js';
import type { PageView } from '../kit/page-view.js';
import { heading } from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/**
 * The answer as a form (OAuth 2.0 Form Post Response Mode section 2). It posts to the application: send it with that address
 * as `formAction`. With scripts it goes by itself, without them by its button.
 */
export interface FormPostModel {
  /** Registered return address. */
  readonly action: string;
  /** Members of the answer. */
  readonly fields: Readonly<Record<string, string>>;
  readonly application: string;
}

/** `form.submit` may be hidden behind a field of that name: the method is taken from the prototype. */
const SUBMIT = new PageScript('HTMLFormElement.prototype.submit.call(document.forms[0])');

export function formPostView({ action, fields, application }: FormPostModel, messages: Messages): PageView {
  const { formPost } = messages;
  const label = fill(formPost.submit, name(application));
  return {
    title: formPost.title(plainName(application)),
    body: html`${heading(fill(formPost.title, name(application)), formPost.lead)}
      <form class="stack" method="post" action="${action}">${hiddenFields(fields)}${submitButton({ label })}</form>`,
    script: SUBMIT,
  };
}
