import { hiddenFields, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { PageView } from '../kit/page-view.js';
import { heading, linkButton, noticeBox } from '../kit/parts.js';
import { fill, name } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** Where the way on leads: an address to open, or one to post fields to; send the page with that as `formAction`. */
export type WayOut =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'form_post'; readonly action: string; readonly fields: Readonly<Record<string, string>> };

/**
 * Instead of a redirect to an address that nobody here vouches for, and that the person has had nothing to do with yet: it says
 * where the way on leads, and only she goes there (RFC 9700 section 4.11.2). It runs no script.
 */
export interface LeavingModel {
  /** What the application calls itself. */
  readonly application: string;
  readonly way: WayOut;
}

export function leavingView({ application, way }: LeavingModel, messages: Messages): PageView {
  const { leaving } = messages;
  const { protocol, host } = new URL(way.kind === 'redirect' ? way.location : way.action);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  const line = isWeb ? fill(leaving.toHost, name(host)) : fill(leaving.toApplication, name(protocol));
  const warning = html`<p class="strong">${line}</p>
    <p>${fill(leaving.unknown, name(application))}</p>`;
  return {
    title: leaving.title,
    body: html`${heading(leaving.title, leaving.lead)} ${noticeBox('warn', warning)}
    ${wayOn(way, isWeb ? fill(leaving.go, name(host)) : leaving.open)}`,
  };
}

function wayOn(way: WayOut, label: Html | string): Html {
  if (way.kind === 'redirect') return linkButton(label, way.location, 'equal');
  return html`<form class="stack" method="post" action="${way.action}">
    ${hiddenFields(way.fields)}${submitButton({ label, kind: 'equal' })}
  </form>`;
}
