import type { Messages } from '../messages/messages.js';
import type { HtmlValue } from './html.js';
import { attribute, Html, html } from './html.js';
import { ICON } from './icons.js';
import { hiddenFields } from './forms.js';
import type { FormTarget, PageLink } from './page-view.js';
import { fill, name } from './sentence.js';

/** An application as people know it. */
export interface ApplicationCard {
  readonly name: string;
  readonly publisher?: string;
  /** The operator has checked who publishes it. */
  readonly verified: boolean;
  /** Anybody may have made it: people are warned. */
  readonly unknown?: boolean;
  /** Host of its home page, or else the one that people return to. */
  readonly host?: string;
  /** How many people here it has something of; only where that tells nothing about one of them. */
  readonly users?: { readonly count: number; readonly isMore: boolean };
  /** What it wants data for, in its own words; its language, when that is not the page's. */
  readonly purpose?: { readonly text: string; readonly lang?: string };
}

/** A scope in words (G16: its technical name is never shown here). */
export interface Sentence {
  /** "See your travel requests", in the reader's language or the operator's default. */
  readonly text: string;
  /** One line on what follows from it. */
  readonly consequence?: string;
  /** What stops working without it; only where she decides about it. */
  readonly without?: string;
  /** Language tag, when it is not the page's. */
  readonly lang?: string;
}

/** A line of the folded technical details. */
export interface TechnicalDetail {
  readonly term: string;
  readonly value: HtmlValue;
}

export function heading(title: HtmlValue, lead?: HtmlValue): Html {
  return html`<div class="head">
    <h1 class="title">${title}</h1>
    ${lead && html`<p class="lead">${lead}</p>`}
  </div>`;
}

/** A box with a word to take note of. */
export function noticeBox(kind: 'warn' | 'good' | 'note' | 'bad', content: HtmlValue): Html {
  const icon = { warn: ICON.warning, bad: ICON.warning, good: ICON.check, note: ICON.info }[kind];
  return html`<div class="${`box ${kind}`}">
    ${icon}
    <div class="tight">${content}</div>
  </div>`;
}

/** The first letter of a name as its picture: nothing is loaded from elsewhere. */
function tile(text: string): Html {
  const first = [...text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')][0] ?? '?';
  return html`<span class="tile" aria-hidden="true">${first.toLocaleUpperCase()}</span>`;
}

export function applicationCard(messages: Messages, application: ApplicationCard, more?: Html): Html {
  const { publisher, verified, unknown: isUnknown } = application;
  return html`<div class="app">
      ${tile(application.name)}
      <div class="facts">
        <p>
          <span class="strong">${name(application.name)}</span>
          ${publisher !== undefined && fill(messages.frame.by, name(publisher))}
          ${verified && html`<span class="tag ok">${messages.frame.verified}</span>`}
        </p>
        ${standing(messages, application)}${more}
      </div>
    </div>
    ${isUnknown && noticeBox('warn', fill(messages.leaving.unknown, name(application.name)))}`;
}

/** Where it is at home, how many use it, and what it says. */
function standing({ frame }: Messages, { host, users, purpose }: ApplicationCard): Html {
  const about = [host !== undefined && name(host), users && html`${frame.usedBy(users.count, users.isMore)}`];
  const known = about.filter((one) => one instanceof Html);
  return html`${known.length > 0 && html`<p class="quiet value">${known.map((one, index) => html`${index > 0 && ' · '}${one}`)}</p>`}
  ${purpose && html`<p class="quiet">${fill(frame.itSays, html`<span ${attribute('lang', purpose.lang)}>${name(purpose.text)}</span>`)}</p>`}`;
}

export function sentence({ text, consequence, without, lang }: Sentence, mark?: string): Html {
  return html`<span ${attribute('lang', lang)}
    >${name(text)}${mark !== undefined && html` <span class="tag">${mark}</span>`}${
      consequence !== undefined && html`<span class="block quiet">${name(consequence)}</span>`
    }${without !== undefined && html`<span class="block quiet">${name(without)}</span>`}</span
  >`;
}

/** Permissions as sentences; those that were not there before carry the mark, where there is one. */
export function sentenceList(sentences: readonly (Sentence & { readonly isNew?: boolean })[], mark?: string): Html {
  return html`<ul class="rows" role="list">
    ${sentences.map((one) => html`<li class="row">${ICON.dot}<span class="facts">${sentence(one, one.isNew ? mark : undefined)}</span></li>`)}
  </ul>`;
}

/**
 * Who is signed in, and the way to be somebody else: a link, or the button of a form.
 * @param another - the form is for {@link anotherPerson} to put behind the page's own
 */
export function signedInLine(messages: Messages, account: string, another: string | FormTarget | undefined): Html {
  const { notYou } = messages.frame;
  return html`<p class="who">
    <span>${fill(messages.frame.signedInAs, name(account))}</span>
    ${typeof another === 'string' && html`<a class="link" href="${another}">${notYou}</a>`}
    ${typeof another === 'object' && html`<button class="plain" type="submit" form="another-person">${notYou}</button>`}
  </p>`;
}

/** The form of "Not you?". Stands last: by Enter and in every reader the page's own form comes first. */
export function anotherPerson(target: FormTarget | undefined): Html | undefined {
  return (
    target &&
    html`<form id="another-person" class="unseen" method="post" action="${target.action}">
      ${hiddenFields(target.hidden)}
    </form>`
  );
}

/** What only specialists need, folded. */
export function technicalDetails(messages: Messages, details: readonly TechnicalDetail[]): Html | undefined {
  if (details.length === 0) return undefined;
  return html`<details class="more">
    <summary class="summary">${messages.frame.technical}</summary>
    ${facts(details)}
  </details>`;
}

export function facts(details: readonly { readonly term: HtmlValue; readonly value: HtmlValue }[]): Html {
  return html`<dl class="pairs">
    ${details.map(
      ({ term, value }) =>
        html`<div>
          <dt class="term small">${term}</dt>
          <dd class="value">${value}</dd>
        </div>`,
    )}
  </dl>`;
}

export function links(all: readonly (PageLink | undefined)[]): Html | undefined {
  const present = all.filter((link) => link !== undefined);
  if (present.length === 0) return undefined;
  return html`<p class="links">
    ${present.map(({ label, url }) => html`<a class="link" href="${url}">${label}</a>`)}
  </p>`;
}

/** A way on that looks like a button, because it is the main thing to do. */
export function linkButton(label: HtmlValue, url: string, kind: 'primary' | 'equal' = 'primary'): Html {
  return html`<a class="${kind === 'primary' ? 'button primary' : 'button'}" href="${url}"><span>${label}</span></a>`;
}
