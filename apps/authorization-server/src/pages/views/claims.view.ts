import { checkbox, form, problemBox, submitButton, textField } from '../kit/forms.js';
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
 * A4 Claims gathering. Posts each fact under its own field, `<field>.declined` for one that is withheld, and as `decision`
 * `send`, `cancel` or `partner:<id>`. What was entered comes back in the model, so nothing is lost on the way.
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
  /** Partners that can say these facts for the person. */
  readonly partners?: readonly { readonly id: string; readonly name: string }[];
  /** The partner whose sign-in was broken off just now. */
  readonly cancelledPartner?: string;
  readonly details?: readonly TechnicalDetail[];
}

export interface RequestedFact {
  readonly field: string;
  /** "Your e-mail address at work", in the reader's language. */
  readonly label: string;
  /** Why it is asked, who will see it, how long it is kept: sentences of the resource's side. */
  readonly why?: string;
  readonly seenBy?: string;
  readonly kept?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'date';
  readonly autocomplete?: string;
  /** What is known or was typed. */
  readonly value?: string;
  readonly declined?: boolean;
  readonly problem?: 'missing' | 'mismatch';
  /** Known here and sent as it is, or not at all. */
  readonly fixed?: boolean;
}

export function claimsView(model: ClaimsModel, messages: Messages): PageView {
  const { claims } = messages;
  const first = model.facts.find(({ problem }) => problem !== undefined);
  return {
    title: claims.title(plainName(model.owner)),
    body: html`${first && problemBox(messages, problemOf(first, messages), first.field)}
    ${model.account && signedInLine(messages, model.account.name, model.account.another)}
    ${heading(fill(claims.title, name(model.owner)), fill(claims.lead, name(model.resource), name(model.owner)))}
    ${model.cancelledPartner !== undefined && noticeBox('note', html`<p>${fill(claims.partnerCancelled, name(model.cancelledPartner))}</p>`)}
    ${model.application && applicationCard(messages, model.application)}
    ${model.account && html`<p>${claims.identity}</p>`} ${form(model.form, content(model, messages))}
    ${links([model.yours])} ${technicalDetails(messages, model.details ?? [])} ${anotherPerson(model.account?.another)}`,
  };
}

function content({ facts, partners = [] }: ClaimsModel, messages: Messages): Html {
  const { claims } = messages;
  return html`<div>${facts.map((fact) => factRow(fact, messages))}</div>
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
    <div class="actions">
      ${submitButton({ label: claims.submit, decision: { name: 'decision', value: 'send' } })}
      ${submitButton({ label: claims.cancel, kind: 'equal', decision: { name: 'decision', value: 'cancel' } })}
      <p class="quiet">${claims.nothingSent}</p>
    </div>`;
}

function factRow(fact: RequestedFact, messages: Messages): Html {
  const { claims } = messages;
  const { field, label, why, seenBy, kept } = fact;
  const about = [
    why !== undefined && fill(claims.why, name(why)),
    seenBy !== undefined && fill(claims.seenBy, name(seenBy)),
    kept !== undefined && fill(claims.kept, name(kept)),
  ].filter((line) => line !== false);
  if (fact.fixed === true) return fixedRow(fact, about, messages);
  return html`<div class="item">
    ${textField({
      name: field,
      label: name(label),
      type: fact.type ?? 'text',
      autocomplete: fact.autocomplete ?? 'off',
      value: fact.value,
      required: false,
      help: about.length > 0 && html`${about.map((line) => html`${line}<br />`)}`,
      problem: fact.problem && problemOf(fact, messages),
    })}
    ${checkbox({
      name: `${field}.declined`,
      value: 'yes',
      checked: fact.declined === true,
      label: claims.decline,
      help: fill(claims.declined, name(label)),
    })}
  </div>`;
}

function fixedRow(
  { field, label, value, declined }: RequestedFact,
  about: readonly Html[],
  { claims }: Messages,
): Html {
  return html`<div class="item">
    <p class="label">${name(label)}</p>
    <p class="value">${name(value ?? '')}</p>
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

function problemOf({ problem, label }: RequestedFact, { claims }: Messages): Html {
  return fill(problem === 'mismatch' ? claims.mismatch : claims.missing, name(label));
}
