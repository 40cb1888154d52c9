import { checkbox, equalButtons, form, problemBox, radioGroup, submitButton } from '../kit/forms.js';
import type { TimeFrame } from '../kit/dates.js';
import { future, inDays } from '../kit/dates.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import { ICON } from '../kit/icons.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import type { ApplicationCard, Sentence, TechnicalDetail } from '../kit/parts.js';
import {
  anotherPerson,
  applicationCard,
  heading,
  noticeBox,
  sentence,
  sentenceList,
  signedInLine,
  technicalDetails,
} from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/**
 * A3 Consent. Posts `decision=deny` or `decision=allow`, each ticked optional permission under its own field, and the chosen
 * resources and duration. Deny comes first, so that Enter never allows.
 */
export interface ConsentModel {
  /** Absent: a preview for operators, where nothing can be decided. */
  readonly form?: FormTarget;
  /** User name or e-mail address of who is signed in. */
  readonly account: string;
  /** Where somebody else signs in instead. */
  readonly another?: FormTarget;
  readonly application: ApplicationCard & {
    /** Pages of its own, shown with their hosts where they are https. */
    readonly termsUrl?: string;
    readonly privacyUrl?: string;
  };
  /** The application is only told who the person is: the question becomes one of signing in. */
  readonly signInOnly?: boolean;
  /** What of her it learns: nothing else stands under these words. */
  readonly identity: readonly (Sentence & { readonly isNew?: boolean })[];
  /** What else it cannot work without; also details of what is asked, as sentences. */
  readonly required: readonly (Sentence & { readonly isNew?: boolean })[];
  readonly optional: readonly OptionalPermission[];
  /** Allowed before and not asked again, for completeness. */
  readonly already?: readonly Sentence[];
  /** Which resources it is about: one choice. */
  readonly resources?: ConsentChoice;
  readonly duration?: {
    readonly field: string;
    readonly choices: readonly DurationChoice[];
    /** The choice holds for what she allowed before, too, which ends then; `null`: when she ends it. Absent: for nothing else. */
    readonly before?: { readonly endsAt: number | null };
    /** She allowed without choosing. */
    readonly isUnanswered?: boolean;
  };
  /** Days that she chooses begin now. */
  readonly time: TimeFrame;
  /** Where the answer goes: a host, or an application on this device. */
  readonly returnTo:
    { readonly kind: 'host'; readonly host: string } | { readonly kind: 'application'; readonly scheme: string };
  /** The application is suspended: no Allow button, only the way back, as a denial. */
  readonly suspended?: boolean;
  /** It is not what she has just answered: nothing came of that. */
  readonly isChanged?: boolean;
  /** Raw names for specialists; folded. */
  readonly details?: readonly TechnicalDetail[];
}

export interface OptionalPermission extends Sentence {
  /** Name of its field, one for each permission (a form field never repeats). */
  readonly field: string;
  /** Sent when it is ticked. */
  readonly value: string;
  /** Only permissions to see are ever ticked beforehand. */
  readonly checked: boolean;
  readonly isNew?: boolean;
  /** Names of the resources of the choice that it goes with; absent or empty: with any. */
  readonly onlyAt?: readonly string[];
}

export interface ConsentChoice {
  readonly field: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly checked: boolean;
    /** What she gives with it, and not with each other choice. */
    readonly given?: readonly (Sentence & { readonly isNew?: boolean })[];
  }[];
  /** She allowed without choosing. */
  readonly isUnanswered?: boolean;
}

export interface DurationChoice {
  readonly value: string;
  /** Days, only this time, or until it is ended (where the operator allows that). */
  readonly lasts: number | 'once' | 'until_ended';
  readonly checked: boolean;
}

export function consentView(model: ConsentModel, messages: Messages): PageView {
  const { consent } = messages;
  const title = model.signInOnly ? consent.titleSignIn : consent.title;
  const { application } = model;
  const content = model.suspended
    ? suspended(model, messages)
    : html`<div class="roomy">${question(model, messages)}</div>`;
  return {
    title: title(plainName(application.name)),
    body: html`${!model.suspended && openChoice(model, messages)}
    ${!model.form && noticeBox('warn', html`<p>${consent.preview}</p>`)}
    ${model.isChanged && noticeBox('warn', html`<p>${consent.changedMeanwhile}</p>`)}
    ${signedInLine(messages, model.account, model.another)} ${heading(fill(title, name(application.name)))}
    ${applicationCard(messages, application)}
    ${model.form ? form(model.form, content) : html`<div class="stack">${content}</div>`}
    ${applicationLinks(model, messages)} ${technicalDetails(messages, model.details ?? [])}
    ${anotherPerson(model.another)}`,
  };
}

/** The first one; beside each that is open the same is said. */
function openChoice({ resources, duration }: ConsentModel, messages: Messages): Html | undefined {
  const { chooseResource, chooseDuration } = messages.consent;
  if (resources?.isUnanswered) return problemBox(messages, chooseResource, resources.field);
  return duration?.isUnanswered ? problemBox(messages, chooseDuration, duration.field) : undefined;
}

function suspended({ application }: ConsentModel, { consent, frame }: Messages): Html {
  const reason = html`<p class="strong">${fill(consent.suspended, name(application.name))}</p>
    <p>${consent.suspendedHelp}</p>`;
  return html`${noticeBox('warn', reason)}
  ${submitButton({
    label: fill(frame.backTo, name(application.name)),
    kind: 'equal',
    decision: { name: 'decision', value: 'deny' },
  })}`;
}

function question(model: ConsentModel, messages: Messages): Html {
  const { consent } = messages;
  const { identity, required, optional, already = [], resources } = model;
  const isChanged = [...identity, ...required, ...optional].some(({ isNew }) => isNew === true);
  return html`${isChanged && noticeBox('note', html`<p>${consent.changed}</p>`)}
    ${identity.length > 0 && section(consent.identity, sentenceList(identity, consent.isNew))}
    ${required.length > 0 && section(consent.required, sentenceList(required, consent.isNew))}
    ${
      optional.length > 0 &&
      html`<fieldset>
        <legend class="section legend">${consent.optional}</legend>
        <div class="tight">${optional.map((one) => optionalRow(one, messages))}</div>
      </fieldset>`
    }
    ${already.length > 0 && section(consent.already, sentenceList(already))}
    ${resources && resourceChoice(resources, messages)} ${durationChoice(model, messages)}
    <p class="quiet">${returnLine(model, messages)} ${consent.endAnyTime}</p>
    ${equalButtons(
      { label: consent.deny, icon: ICON.cross, decision: { name: 'decision', value: 'deny' } },
      { label: consent.allow, icon: ICON.check, decision: { name: 'decision', value: 'allow' } },
    )}`;
}

function resourceChoice({ field, choices, isUnanswered }: ConsentChoice, { consent }: Messages): Html {
  const rows = choices.map((one) => ({
    name: field,
    ...one,
    label: name(one.label),
    help:
      one.given &&
      html`${one.given.map((given) => html`<span class="block">${sentence(given, given.isNew ? consent.isNew : undefined)}</span>`)}`,
  }));
  return radioGroup(consent.resources, rows, isUnanswered && consent.chooseResource);
}

/** Principle 1: what the choice does to what she allowed before stands before it, and on which day each ends beside it. */
function durationChoice({ duration, time }: ConsentModel, messages: Messages): Html | undefined {
  if (!duration) return undefined;
  const { consent, locale } = messages;
  const { field, choices, before, isUnanswered } = duration;
  const rows = choices.map((one) => ({
    name: field,
    ...one,
    label: lasting(one, messages),
    help: typeof one.lasts === 'number' && fill(consent.endsOn, inDays(one.lasts, time, locale)),
  }));
  const hasOnce = choices.some(({ lasts }) => lasts === 'once');
  return html`${before && noticeBox('note', beforeLine(before.endsAt, { hasOnce, time }, messages))}
  ${radioGroup(consent.duration, rows, isUnanswered && consent.chooseDuration)}`;
}

function beforeLine(
  endsAt: number | null,
  { hasOnce, time }: { readonly hasOnce: boolean; readonly time: TimeFrame },
  { consent, locale }: Messages,
): Html {
  return html`<p>
    ${endsAt === null ? consent.endlessNow : fill(consent.endsNow, future(endsAt, time, locale))} ${consent.holdsForAll}
    ${hasOnce && consent.onceApart(consent.once)}
  </p>`;
}

function section(title: string, content: Html): Html {
  return html`<div class="tight">
    <h2 class="section">${title}</h2>
    ${content}
  </div>`;
}

function optionalRow(permission: OptionalPermission, { consent }: Messages): Html {
  const { field, value, checked, isNew, onlyAt = [] } = permission;
  return checkbox({
    name: field,
    value,
    checked,
    label: sentence(permission, isNew ? consent.isNew : undefined),
    help:
      onlyAt.length > 0 &&
      html`${onlyAt.map((one) => html`<span class="block">${fill(consent.onlyAt, name(one))}</span>`)}`,
  });
}

function lasting({ lasts }: DurationChoice, { consent }: Messages): string {
  if (lasts === 'once') return consent.once;
  return lasts === 'until_ended' ? consent.untilEnded : consent.days(lasts);
}

function returnLine({ returnTo, application }: ConsentModel, { consent }: Messages): Html {
  if (returnTo.kind === 'host') return fill(consent.returnToHost, name(returnTo.host));
  return fill(consent.returnToApplication, name(application.name), name(returnTo.scheme));
}

function applicationLinks({ application }: ConsentModel, { consent }: Messages): Html | undefined {
  const { termsUrl, privacyUrl } = application;
  if (termsUrl === undefined && privacyUrl === undefined) return undefined;
  return html`<div class="tight small">
    ${pageLink(fill(consent.terms, name(application.name)), termsUrl)}
    ${pageLink(fill(consent.privacy, name(application.name)), privacyUrl)}
  </div>`;
}

/** Attack class 238: the application chose the address, so its host is told; the page opens apart and learns nothing of ours. */
function pageLink(label: Html, url: string | undefined): Html | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  if (protocol !== 'https:') return undefined;
  return html`<p>
    <a class="link" href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>
    <span class="quiet value">${name(host)}</span>
  </p>`;
}
