import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { past } from '../kit/dates.js';
import { form, problemBox, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading, linkButton, links, signedInLine } from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** My passkeys. Each remove button posts the form with `passkey=<id>`. */
export interface PasskeysModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  readonly account: string;
  readonly passkeys: readonly ShownPasskey[];
  /** She wanted to remove the only thing that she can sign in with. */
  readonly isLast?: boolean;
  readonly addUrl: string;
  /** Of the page that renames the one in its query. */
  readonly renameUrl: string;
  readonly accountUrl: string;
}

export interface ShownPasskey {
  readonly id: string;
  /** As the person called it; untrusted, may be empty. */
  readonly name: string;
  readonly synced: boolean;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export function passkeysView(model: PasskeysModel, messages: Messages): PageView {
  const { passkeys: texts, account } = messages;
  const { passkeys } = model;
  return {
    title: texts.title,
    body: html`${signedInLine(messages, model.account, undefined)} ${model.isLast && problemBox(messages, texts.last)}
    ${heading(texts.title, texts.lead)}
    ${
      passkeys.length === 0
        ? html`<p>${texts.none}</p>`
        : form(
            model.form,
            html`<ul role="list">
              ${passkeys.map((passkey) => row(passkey, model, messages))}
            </ul>`,
          )
    }
    ${linkButton(texts.add, model.addUrl, 'equal')} ${links([{ label: account.back, url: model.accountUrl }])}`,
  };
}

function row(passkey: ShownPasskey, model: PasskeysModel, { passkeys: texts, locale }: Messages): Html {
  const { time, renameUrl } = model;
  const { id, synced, createdAt, lastUsedAt } = passkey;
  const called = passkey.name === '' ? texts.unnamed : passkey.name;
  const used = lastUsedAt === null ? texts.neverUsed : fill(texts.used, past(lastUsedAt, time, locale));
  const url = `${renameUrl}?${new URLSearchParams({ passkey: id }).toString()}`;
  return html`<li class="item">
    <div class="split">
      <div class="facts">
        <h2 class="section">${name(called)} ${synced && html`<span class="tag">${texts.synced}</span>`}</h2>
        <p class="quiet">${fill(texts.made, past(createdAt, time, locale))}</p>
        <p class="quiet">${used}</p>
        <p>
          <a class="link" href="${url}" aria-label="${texts.renameOne(plainName(called))}">${texts.rename}</a>
        </p>
      </div>
      ${submitButton({
        label: texts.remove,
        kind: 'revoke',
        spoken: texts.removeOne(plainName(called)),
        decision: { name: 'passkey', value: id },
      })}
    </div>
  </li>`;
}
