import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { future, past, wait } from '../kit/dates.js';
import { form, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import type { Sentence } from '../kit/parts.js';
import { heading, links, noticeBox, sentence, signedInLine } from '../kit/parts.js';
import { fill, name, plainName, shortened } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** So many rows keep the page light, whatever is in them. */
export const APPLICATIONS_AT_ONCE = 5;
/** So many resources are named of each; of permissions, as many as most applications have. */
export const RESOURCES_NAMED = 3;
const PERMISSIONS = 5;

/** Applications with access. Each end button posts the form with `authorization=<id>`. */
export interface ApplicationsModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  readonly account: string;
  /** The one used last first. */
  readonly access: readonly ShownAccess[];
  /** One was ended just now; `until`: tokens that are read without asking here live so long at most. */
  readonly ended?: { readonly until?: Instant };
  readonly nextPageUrl?: string;
  readonly accountUrl: string;
}

/** What one application may do, for one person where it asked for somebody. */
export interface ShownAccess {
  /** Its public name: opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly publisher?: string | undefined;
  /** Who uses the access, by name or by who vouches for her; absent for herself. */
  readonly person?: { readonly name: string } | { readonly issuer: string } | undefined;
  readonly permissions: readonly Sentence[];
  /** Names of the first resources; none where it is not about resources. */
  readonly resources: readonly string[];
  readonly moreResources: number;
  readonly since: Instant;
  readonly usedAt?: Instant | undefined;
  /** Absent: until she ends it. */
  readonly until?: Instant | undefined;
  /** Until when a part of it goes on if she ends it now; absent: nothing does. */
  readonly lingersUntil?: Instant | undefined;
  /** It has no access for the time being. */
  readonly isResting?: boolean;
}

export function applicationsView(model: ApplicationsModel, messages: Messages): PageView {
  const { applications: texts, account } = messages;
  const { access, nextPageUrl } = model;
  return {
    title: texts.title,
    body: html`${signedInLine(messages, model.account, undefined)} ${heading(texts.title, texts.lead)}
    ${endedBox(model, messages)}
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
  const { publisher, usedAt, until, lingersUntil } = access;
  const person = personOf(access, messages);
  return html`<li class="item">
    <div class="tight">
      <h2 class="section">
        ${name(shortened(access.name))} ${publisher !== undefined && fill(frame.by, name(shortened(publisher)))}
      </h2>
      ${person !== undefined && html`<p class="quiet">${fill(texts.usedBy, name(person))}</p>`}
      ${permissionList(access, messages)} ${places(access, messages)}
      ${access.isResting && html`<p class="quiet strong">${texts.resting}</p>`}
      <p class="quiet">${fill(texts.since, past(access.since, time, locale))}</p>
      <p class="quiet">${usedAt === undefined ? texts.neverUsed : fill(texts.used, past(usedAt, time, locale))}</p>
      <p class="quiet">${until === undefined ? texts.untilEnded : fill(texts.until, future(until, time, locale))}</p>
      ${lingersUntil !== undefined && html`<p class="quiet">${texts.lingers(wait(lingersUntil, time, locale))}</p>`}
    </div>
    <div>${endButton(access, messages)}</div>
  </li>`;
}

function places({ resources, moreResources }: ShownAccess, { applications: texts }: Messages): Html | undefined {
  if (resources.length === 0) return undefined;
  return html`<p class="quiet">
    ${texts.on}
    ${resources.map((resource, index) => html`${index > 0 && ', '}${name(shortened(resource))}`)}${
      moreResources > 0 && html`, ${texts.moreResources(moreResources)}`
    }
  </p>`;
}

/** In words, for a sentence. */
function personOf({ person }: ShownAccess, { applications: texts }: Messages): string | undefined {
  if (person === undefined) return undefined;
  return 'name' in person ? shortened(person.name) : texts.unnamed(shortened(person.issuer));
}

/** What follows from a permission she read when she allowed it. */
function permissionList({ permissions }: ShownAccess, { applications: texts }: Messages): Html | undefined {
  if (permissions.length === 0) return undefined;
  const more = permissions.length - PERMISSIONS;
  return html`<ul class="dots">
      ${permissions.slice(0, PERMISSIONS).map(({ text, lang }) => html`<li>${sentence({ text, ...(lang !== undefined && { lang }) })}</li>`)}
    </ul>
    ${more > 0 && html`<p class="quiet">${texts.morePermissions(more)}</p>`}`;
}

function endedBox({ ended, time }: ApplicationsModel, { applications: texts, locale }: Messages): Html | undefined {
  if (!ended) return undefined;
  const { until } = ended;
  const text = until === undefined ? texts.ended : fill(texts.endedUntil, future(until, time, locale));
  return noticeBox('good', html`<p>${text}</p>`);
}

function endButton(access: ShownAccess, messages: Messages): Html {
  const { applications: texts } = messages;
  const person = personOf(access, messages);
  const application = shortened(access.name);
  const spoken =
    person === undefined
      ? texts.endOne(plainName(application))
      : texts.endOneOf(plainName(application), plainName(person));
  return submitButton({
    label: texts.end,
    kind: 'revoke',
    spoken,
    decision: { name: 'authorization', value: access.id },
  });
}
