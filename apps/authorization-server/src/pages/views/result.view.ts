import type { Html, HtmlValue } from '../kit/html.js';
import { html } from '../kit/html.js';
import { ICON } from '../kit/icons.js';
import type { PageLink, PageView } from '../kit/page-view.js';
import { heading, linkButton, links, technicalDetails } from '../kit/parts.js';
import { fill, name } from '../kit/sentence.js';
import type { ErrorLine, Messages, ResultOutcome } from '../messages/messages.js';

/** A8 Result: how something ended. The title states the outcome. */
export interface ResultModel {
  readonly outcome: ResultOutcome;
  /** Ways on, with whole labels. */
  readonly links?: readonly PageLink[];
}

const GOOD: ReadonlySet<ResultOutcome> = new Set<ResultOutcome>([
  'signed_out',
  'device_allowed',
  'claims_sent',
  'invitation_accepted',
  'recovery_sent',
  'password_recovered',
  'password_changed',
  'one_time_codes_on',
]);

export function resultView({ outcome, links: others = [] }: ResultModel, messages: Messages): PageView {
  const { title, line } = messages.result.outcomes[outcome];
  const mark = GOOD.has(outcome)
    ? html`<span class="mark good">${ICON.check}</span>`
    : html`<span class="mark note">${ICON.info}</span>`;
  return {
    title,
    body: html`${mark}${heading(title, line)} ${links(others)}`,
  };
}

/** Where somebody begins anew. */
export interface StartingPlace {
  /** Of the application that asked. */
  readonly name: string;
  /** Its home page, by the operator's word alone (attack class 212). */
  readonly url?: string;
}

/**
 * A8 Error: one line for people, a reference to quote. It leads to pages of ours alone, since what was asked may be forged, or to where
 * the operator says that an application is at home.
 */
export interface ErrorModel {
  readonly line: ErrorLine;
  /** Also in the log, beside the reason. */
  readonly reference: string;
  /** To a page of ours. */
  readonly wayOn: PageLink;
  /** Of a question that is over. */
  readonly startAgainAt?: StartingPlace | undefined;
  /** For the developer of an application, as programs are told it: in English. */
  readonly description?: string | undefined;
}

/** After a fault of ours nobody can promise that nothing was changed. */
const OUR_FAULT: ReadonlySet<ErrorLine> = new Set<ErrorLine>(['busy', 'fault']);

export function errorView(
  { line, reference, wayOn, startAgainAt, description }: ErrorModel,
  messages: Messages,
): PageView {
  const { errors, frame } = messages;
  const { title } = errors.lines[line];
  const text = startAgainAt ? errors.over : errors.lines[line].line;
  return {
    title,
    body: html`<span class="mark bad">${ICON.warning}</span
      >${heading(title, html`${text} ${!OUR_FAULT.has(line) && errors.nothingChanged}`)}
      ${startAgainAt && startAgain(startAgainAt, messages)} ${links([wayOn])}
      <p class="quiet">${fill(frame.reference, html`<span class="mono strong">${reference}</span>`)}</p>
      ${technicalDetails(messages, described(description))}`,
  };
}

function described(description: string | undefined): { term: string; value: HtmlValue }[] {
  return description === undefined
    ? []
    : [{ term: 'error_description', value: html`<span lang="en">${description}</span>` }];
}

function startAgain({ name: application, url }: StartingPlace, { frame }: Messages): Html {
  return html`<p>${fill(frame.goBackAndStartAgain, name(application))}</p>
    ${url !== undefined && linkButton(fill(frame.backTo, name(application)), url)}`;
}
