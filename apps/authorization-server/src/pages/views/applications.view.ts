import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { future, past } from '../kit/dates.js';
import { form, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import type { Sentence } from '../kit/parts.js';
import { heading, links, noticeBox, sentenceList, signedInLine } from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** Applications with access. Each end button posts the form with `authorization=<id>`. */
export interface ApplicationsModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  readonly account: string;
  /** The one used last first. */
  readonly access: readonly ShownAccess[];
  /** One was ended just now. */
  readonly isEnded?: boolean;
  readonly nextPageUrl?: string;
  readonly accountUrl: string;
}

/** What one application may do, for one person where it asked for somebody. */
export interface ShownAccess {
  /** Its public name: opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly publisher?: string | undefined;
  /** Who uses the access; absent for herself. */
  readonly person?: string | undefined;
  readonly permissions: readonly Sentence[];
  /** Names of the first resources; none where it is not about resources. */
  readonly resources: readonly string[];
  readonly moreResources: number;
  readonly since: Instant;
  readonly usedAt?: Instant | undefined;
  /** Absent: until she ends it. */
  readonly until?: Instant | undefined;
  /** It has no access for the time being. */
  readonly isResting?: boolean;
}

export function applicationsView(model: ApplicationsModel, messages: Messages): PageView {
  const { applications: texts, account } = messages;
  const { access, nextPageUrl } = model;
  return {
    title: texts.title,
    body: html`${signedInLine(messages, model.account, undefined)} ${heading(texts.title, texts.lead)}
    ${model.isEnded && noticeBox('good', html`<p>${texts.ended}</p>`)}
    ${
      access.length === 0
        ? html`<p>${texts.none}</p>`
        : form(
            model.form,
            html`<ul role="list">
              ${access.map((one) => row(one, model, messages))}
            </ul>`,
          )
    }
    ${links([
      nextPageUrl === undefined ? undefined : { label: texts.more, url: nextPageUrl },
      { label: account.back, url: model.accountUrl },
    ])}`,
  };
}

function row(access: ShownAccess, { time }: ApplicationsModel, messages: Messages): Html {
  const { applications: texts, frame, locale } = messages;
  const { publisher, person, permissions, usedAt, until } = access;
  return html`<li class="item">
    <div class="tight">
      <h2 class="section">${name(access.name)} ${publisher !== undefined && fill(frame.by, name(publisher))}</h2>
      ${person !== undefined && html`<p class="quiet">${fill(texts.usedBy, name(person))}</p>`}
      ${permissions.length > 0 && sentenceList(permissions)} ${places(access, messages)}
      ${access.isResting && html`<p class="quiet strong">${texts.resting}</p>`}
      <p class="quiet">${fill(texts.since, past(access.since, time, locale))}</p>
      <p class="quiet">${usedAt === undefined ? texts.neverUsed : fill(texts.used, past(usedAt, time, locale))}</p>
      <p class="quiet">${until === undefined ? texts.untilEnded : fill(texts.until, future(until, time, locale))}</p>
    </div>
    <div>${endButton(access, messages)}</div>
  </li>`;
}

function places({ resources, moreResources }: ShownAccess, { applications: texts }: Messages): Html | undefined {
  if (resources.length === 0) return undefined;
  return html`<p class="quiet">
    ${texts.on}
    ${resources.map((resource, index) => html`${index > 0 && ', '}${name(resource)}`)}${
      moreResources > 0 && html`, ${texts.moreResources(moreResources)}`
    }
  </p>`;
}

function endButton({ id, name: application, person }: ShownAccess, { applications: texts }: Messages): Html {
  const spoken =
    person === undefined
      ? texts.endOne(plainName(application))
      : texts.endOneOf(plainName(application), plainName(person));
  return submitButton({ label: texts.end, kind: 'revoke', spoken, decision: { name: 'authorization', value: id } });
}
