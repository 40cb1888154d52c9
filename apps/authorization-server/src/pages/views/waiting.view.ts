import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { future, past } from '../kit/dates.js';
import { form, submitButton } from '../kit/forms.js';
import type { HtmlValue, Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageLink, PageView } from '../kit/page-view.js';
import type { Sentence } from '../kit/parts.js';
import { heading, links, noticeBox, sentenceList } from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import { STILL_WAITING, WAITING_SCRIPT } from '../kit/waiting-script.js';
import type { Messages } from '../messages/messages.js';

/** Milliseconds: soon enough for who waits. */
const LOOKS_EVERY = 15_000;

/** A5 Asked, waiting, outcome. While waiting she looks again with its form, which is posted empty; with scripts the page looks by itself and says so. */
export interface WaitingModel {
  readonly time: TimeFrame;
  readonly owner: string;
  readonly asked: Permitted;
  readonly askedAt: Instant;
  readonly state: WaitingState;
  /** To a page of ours, where there is no way back to an application. */
  readonly wayOn?: PageLink;
  /** To where requests are answered, for whom it is her own. */
  readonly answerYourself?: PageLink;
  /** Back by a form of ours, which posts `decision` `back`: what she takes along is made then. */
  readonly backForm?: { readonly application: string; readonly form: FormTarget };
}

/** What may be done, and with what. */
interface Permitted {
  readonly permissions: readonly Sentence[];
  /** Its name, or several in a row. */
  readonly resource: string;
}

export type WaitingState =
  | {
      readonly kind: 'waiting';
      readonly checkAgain: FormTarget;
      /** Where the answer can be seen after this browser has forgotten all. */
      readonly lasting: string;
      readonly mail: boolean;
      readonly mailMe?: FormTarget;
      /** Where this page is found again. */
      readonly url: string;
    }
  /** `got`: less than was asked, when it is; `from`: when it begins, where it has not. */
  | { readonly kind: 'allowed'; readonly got?: Permitted; readonly from?: Instant }
  /** Allowed once, and over or taken back since. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'denied'; readonly reason?: string; readonly againFrom?: Instant }
  | { readonly kind: 'expired' };

export function waitingView(model: WaitingModel, messages: Messages): PageView {
  const { waiting } = messages;
  const { owner, state, time, asked, askedAt } = model;
  const title = titleOf(state, messages);
  return {
    title: title(plainName(owner)),
    ...(state.kind === 'waiting' && { script: WAITING_SCRIPT }),
    body: html`${heading(fill(title, name(owner)))} ${outcome(model, messages)}
      <div class="tight">
        <h2 class="section">${waiting.youAskedFor}</h2>
        ${permitted(asked, messages)}
        <p class="quiet">${fill(waiting.since, past(askedAt, time, messages.locale))}</p>
      </div>
      <div class="actions">
        ${backForm(model, messages)} ${mailForm(model, messages)}
        ${state.kind === 'waiting' && lookAgain(state, messages)}
      </div>
      ${links([model.answerYourself, model.wayOn])}`,
  };
}

function lookAgain(state: Extract<WaitingState, { kind: 'waiting' }>, { waiting }: Messages): Html {
  return html`${form(state.checkAgain, submitButton({ label: waiting.checkAgain, kind: 'equal' }))}
    <p
      class="quiet"
      role="status"
      id="${STILL_WAITING}"
      data-url="${state.url}"
      data-every="${LOOKS_EVERY}"
      data-looking="${waiting.looking}"
      data-answered="${waiting.answered}"
      data-stopped="${waiting.looksNoMore}"
    ></p>`;
}

/** In place of A5 for who is signed in with another account than the one that asked; also where nobody did. */
export interface NotYoursModel {
  readonly account: string;
  /** The form by which somebody else signs in instead. */
  readonly another: FormTarget;
}

export function notYoursView({ account, another }: NotYoursModel, { waiting, frame }: Messages): PageView {
  return {
    title: waiting.titleNotYours,
    body: html`${heading(waiting.titleNotYours, waiting.notYours)}
      <p>${fill(frame.signedInAs, name(account))}</p>
      ${form(another, submitButton({ label: frame.notYou, kind: 'equal' }))}`,
  };
}

function backForm({ backForm: back }: WaitingModel, { frame }: Messages): Html | undefined {
  if (!back) return undefined;
  const label = fill(frame.backTo, name(back.application));
  return form(back.form, submitButton({ label, decision: { name: 'decision', value: 'back' } }));
}

/** She may wish for the answer by mail: posts `decision` `mail`. */
function mailForm({ state }: WaitingModel, { waiting }: Messages): Html | undefined {
  if (state.kind !== 'waiting' || !state.mailMe) return undefined;
  const decision = { name: 'decision', value: 'mail' };
  return form(state.mailMe, submitButton({ label: waiting.mailMe, kind: 'equal', decision }));
}

function permitted({ permissions, resource }: Permitted, { waiting }: Messages): Html {
  return html`${sentenceList(permissions)}
    <p class="quiet">${fill(waiting.on, name(resource))}</p>`;
}

function titleOf(state: WaitingState, { waiting }: Messages): (owner: string) => string {
  switch (state.kind) {
    case 'waiting':
      return waiting.titleAsked;
    case 'allowed':
      return state.got ? waiting.titlePartly : waiting.titleAllowed;
    case 'ended':
      return waiting.titleEnded;
    case 'denied':
      return waiting.titleDenied;
    case 'expired':
      return () => waiting.titleExpired;
  }
}

function outcome({ state, owner, time }: WaitingModel, messages: Messages): Html {
  const { waiting } = messages;
  switch (state.kind) {
    case 'waiting':
      return noticeBox(
        'note',
        html`<p>${state.mail ? waiting.asked : waiting.askedNoMail}</p>
          <p>${waiting.lasting} <a class="link value" href="${state.lasting}">${state.lasting}</a></p>`,
      );
    case 'allowed':
      return html`${noticeBox('good', html`<p>${allowedFrom(state, time, messages)}</p>`)}${
        state.got &&
        html`<div class="tight">
          <h2 class="section">${waiting.youGot}</h2>
          ${permitted(state.got, messages)}
          <p class="quiet">${waiting.allowedLess}</p>
        </div>`
      }`;
    case 'ended':
      return noticeBox('warn', html`<p>${waiting.ended}</p>`);
    case 'denied':
      return denied(state, time, messages);
    case 'expired':
      return noticeBox('warn', html`<p>${fill(waiting.expired, name(owner))}</p>`);
  }
}

function allowedFrom(
  { from }: Extract<WaitingState, { kind: 'allowed' }>,
  time: TimeFrame,
  messages: Messages,
): HtmlValue {
  const { waiting, locale } = messages;
  return from === undefined ? waiting.allowed : fill(waiting.allowedFrom, future(from, time, locale));
}

function denied(
  { reason, againFrom }: Extract<WaitingState, { kind: 'denied' }>,
  time: TimeFrame,
  { waiting, locale }: Messages,
): Html {
  const isOver = againFrom !== undefined && againFrom <= time.now;
  return noticeBox(
    'warn',
    html`<p>${reason === undefined ? waiting.denied : fill(waiting.deniedBecause, name(reason))}</p>
      ${againFrom !== undefined && html`<p>${isOver ? waiting.againNow : fill(waiting.againFrom, future(againFrom, time, locale))}</p>`}`,
  );
}
