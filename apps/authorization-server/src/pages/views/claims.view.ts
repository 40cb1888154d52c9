import { checkbox, form, submitButton, textField } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageLink, PageView } from '../kit/page-view.js';
import {
  anotherPerson,
  applicationCard,
  heading,
  links,
  noticeBox,
  signedInLine,
  technicalDetails,
} from '../kit/parts.js';
import type { ApplicationCard, TechnicalDetail } from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/**
 * A4 Claims gathering. Posts `<field>.declined` for each fact that is withheld, `why` in her own words, and as `decision`
 * `send`, `cancel` or `partner:<id>`. Facts are what somebody vouches for: none can be typed (decision 0024).
 */
export interface ClaimsModel {
  readonly form: FormTarget;
  /** Who sent her here, and gets an answer. */
  readonly application?: ApplicationCard;
  /** Who is signed in, and the form by which somebody else signs in instead. */
  readonly account?: { readonly name: string; readonly another: FormTarget };
  /** Name of what is asked for. */
  readonly resource: string;
  /** Name of whose it is. */
  readonly owner: string;
  /** To the owner's console, where she is the reader. */
  readonly yours?: PageLink;
  readonly facts: readonly RequestedFact[];
  /** Facts that are asked for and that her account has not. */
  readonly lacking?: readonly string[];
  /** Who else could say more about her, in words; asked by the application. */
  readonly others?: string | undefined;
  /** What she said why. */
  readonly why?: string;
  /** Partners that can say these facts for the person: for signing in at a partner, which no page offers yet. */
  readonly partners?: readonly { readonly id: string; readonly name: string }[];
  /** She answered another question than this one: it changed while she read. */
  readonly isChanged?: boolean;
  readonly details?: readonly TechnicalDetail[];
}

/** As much as an owner's inbox shows. */
export const LONGEST_REASON = 300;

export interface RequestedFact {
  readonly field: string;
  /** "Your e-mail address at work", in the reader's language. */
  readonly label: string;
  /** Why it is asked, who will see it, how long it is kept: sentences of the resource's side. */
  readonly why?: string;
  readonly seenBy?: string;
  readonly kept?: string;
  readonly value: string;
  readonly declined?: boolean;
}

export function claimsView(model: ClaimsModel, messages: Messages): PageView {
  const { claims } = messages;
  return {
    title: claims.title(plainName(model.owner)),
    body: html`${model.isChanged && noticeBox('warn', html`<p>${claims.changedMeanwhile}</p>`)}
    ${model.account && signedInLine(messages, model.account.name, model.account.another)}
    ${heading(fill(claims.title, name(model.owner)), fill(claims.lead, name(model.resource), name(model.owner)))}
    ${model.application && applicationCard(messages, model.application)}
    ${model.account && html`<p>${claims.identity}</p>`} ${form(model.form, content(model, messages))}
    ${links([model.yours])} ${technicalDetails(messages, model.details ?? [])} ${anotherPerson(model.account?.another)}`,
  };
}

function content({ facts, lacking = [], others, owner, why, partners = [] }: ClaimsModel, messages: Messages): Html {
  const { claims } = messages;
  return html`<div>
      ${facts.map((fact) => factRow(fact, messages))} ${lacking.map((fact) => lackingRow(fact, messages))}
    </div>
    ${others !== undefined && noticeBox('note', html`<p>${fill(claims.others, name(others), name(owner))}</p>`)}
    ${
      partners.length > 0 &&
      html`<div class="tight">
        ${partners.map((partner) =>
          submitButton({
            label: fill(claims.fromPartner, name(partner.name)),
            kind: 'equal',
            decision: { name: 'decision', value: `partner:${partner.id}` },
          }),
        )}
        <p class="quiet">${claims.partnerHelp}</p>
      </div>`
    }
    ${textField({
      name: 'why',
      label: claims.yourReason,
      help: fill(claims.yourReasonHelp, name(owner)),
      value: why,
      required: false,
      longest: LONGEST_REASON,
    })}
    <div class="actions">
      ${submitButton({ label: claims.submit, decision: { name: 'decision', value: 'send' } })}
      ${submitButton({ label: claims.cancel, kind: 'equal', decision: { name: 'decision', value: 'cancel' } })}
      <p class="quiet">${claims.nothingSent}</p>
    </div>`;
}

function factRow({ field, label, value, why, seenBy, kept, declined }: RequestedFact, { claims }: Messages): Html {
  const about = [
    why !== undefined && fill(claims.why, name(why)),
    seenBy !== undefined && fill(claims.seenBy, name(seenBy)),
    kept !== undefined && fill(claims.kept, name(kept)),
  ].filter((line) => line !== false);
  return html`<div class="item">
    <p class="label">${name(label)}</p>
    <p class="value">${name(value)}</p>
    ${about.length > 0 && html`<p class="help">${about.map((line) => html`${line}<br />`)}</p>`}
    ${checkbox({
      name: `${field}.declined`,
      value: 'yes',
      checked: declined === true,
      label: claims.decline,
      help: fill(claims.declined, name(label)),
    })}
  </div>`;
}

/** Nothing to send or withhold: who could say it. */
function lackingRow(label: string, { claims }: Messages): Html {
  return html`<div class="item">
    <p class="label">${name(label)}</p>
    <p class="help">${claims.lacking}</p>
  </div>`;
}
