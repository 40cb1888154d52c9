import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { past } from '../kit/dates.js';
import { form, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageLink, PageView } from '../kit/page-view.js';
import { heading, links, noticeBox, signedInLine } from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import { deviceName } from '../kit/device-name.js';
import type { Messages } from '../messages/messages.js';

/** So many rows keep the page light, whatever is in them. */
export const SESSIONS_AT_ONCE = 10;

/** My sessions. Each end button posts the form with `session=<id>`; `session=others` ends all but this one. */
export interface SessionsModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  readonly account: string;
  /** This browser's first, then the one used last. */
  readonly sessions: readonly ShownSession[];
  /** How many were ended just now. */
  readonly ended?: number;
  readonly nextPageUrl?: string;
  /** Password, codes and the like. */
  readonly links?: readonly PageLink[];
}

export interface ShownSession {
  /** Its public name: opens nothing. */
  readonly id: string;
  readonly current: boolean;
  /** What the browser says of itself; untrusted. */
  readonly userAgent: string;
  readonly address: string;
  readonly signedInAt: Instant;
  readonly lastSeenAt: Instant;
}

export function sessionsView(model: SessionsModel, messages: Messages): PageView {
  const { sessions: texts } = messages;
  const { sessions, ended = 0, nextPageUrl } = model;
  const others = sessions.filter(({ current }) => !current);
  return {
    title: texts.title,
    body: html`${signedInLine(messages, model.account, undefined)} ${heading(texts.title, texts.lead)}
    ${ended > 0 && noticeBox('good', html`<p>${texts.ended(ended)}</p>`)}
    ${form(
      model.form,
      html`<ul role="list">
          ${sessions.map((session) => row(session, model, messages))}
        </ul>
        ${
          others.length > 0
            ? submitButton({ label: texts.endOthers, kind: 'equal', decision: { name: 'session', value: 'others' } })
            : html`<p class="quiet">${texts.onlyThis}</p>`
        }`,
    )}
    ${links([...(nextPageUrl === undefined ? [] : [{ label: texts.more, url: nextPageUrl }]), ...(model.links ?? [])])}`,
  };
}

function row(session: ShownSession, { time }: SessionsModel, messages: Messages): Html {
  const { sessions: texts, locale } = messages;
  const device = deviceName(session.userAgent, messages);
  return html`<li class="item">
    <div class="split">
      <div class="facts">
        <h2 class="section">
          ${name(device)} ${session.current && html`<span class="tag ok">${texts.thisOne}</span>`}
        </h2>
        <p class="quiet">${fill(texts.lastSeen, past(session.lastSeenAt, time, locale))}</p>
        <p class="quiet">${fill(texts.signedIn, past(session.signedInAt, time, locale))}</p>
        <p class="quiet value">${fill(texts.from, name(session.address))}</p>
      </div>
      ${!session.current && endButton(session, device, messages)}
    </div>
  </li>`;
}

function endButton({ id }: ShownSession, device: string, { sessions }: Messages): Html {
  const spoken = sessions.endOne(plainName(device));
  return submitButton({ label: sessions.end, kind: 'revoke', spoken, decision: { name: 'session', value: id } });
}
