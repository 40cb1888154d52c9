import type { Parts } from '@valetkey/wording';
import { equalButtons, form, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import { ICON } from '../kit/icons.js';
import type { FormTarget, PageLink, PageView } from '../kit/page-view.js';
import { anotherPerson, heading, links, noticeBox, signedInLine } from '../kit/parts.js';
import { fill, name, partsHtml, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** A10 Invitation: what somebody offers. Posts `decision=decline` or `decision=accept`; the careful answer comes first. */
export interface InvitationModel {
  readonly form: FormTarget;
  readonly account: string;
  /** Where somebody else signs in instead. */
  readonly another: FormTarget;
  readonly owner: string;
  /** Where the invitation went. */
  readonly address: string;
  /** One for each of what ends at another time. */
  readonly offered: readonly Parts[];
  readonly note?: string;
  /** It is not what she has just answered: nothing came of that. */
  readonly isChanged?: boolean;
}

export function invitationView(model: InvitationModel, messages: Messages): PageView {
  const { invitation } = messages;
  const owner = name(model.owner);
  return {
    title: invitation.title(plainName(model.owner)),
    body: html`${model.isChanged && noticeBox('warn', html`<p>${invitation.changed}</p>`)}
      ${signedInLine(messages, model.account, model.another)} ${heading(fill(invitation.title, owner), invitation.lead)}
      <div class="panel tight">${model.offered.map((one) => html`<p class="strong value">${partsHtml(one)}</p>`)}</div>
      ${model.note !== undefined && html`<p class="value">${fill(invitation.says, owner, name(model.note))}</p>`}
      <div class="tight">
        <p>${fill(invitation.forAccount, name(model.account))} ${fill(invitation.ownerLearns, owner)}</p>
        <p class="quiet value">${fill(invitation.sentTo, name(model.address))}</p>
      </div>
      ${form(model.form, question(messages))} ${anotherPerson(model.another)}`,
  };
}

function question({ invitation }: Messages): Html {
  return equalButtons(
    { label: invitation.decline, icon: ICON.cross, decision: { name: 'decision', value: 'decline' } },
    { label: invitation.accept, icon: ICON.check, decision: { name: 'decision', value: 'accept' } },
  );
}

/** In its place for who offers it. */
export interface OwnInvitationModel {
  readonly account: string;
  readonly another: FormTarget;
  readonly address: string;
  readonly wayOn: PageLink;
}

export function ownInvitationView(model: OwnInvitationModel, { invitation, frame }: Messages): PageView {
  return {
    title: invitation.ownTitle,
    body: html`${heading(invitation.ownTitle, fill(invitation.own, name(model.address)))}
      <p>${fill(frame.signedInAs, name(model.account))}</p>
      ${form(model.another, submitButton({ label: frame.notYou, kind: 'equal' }))} ${links([model.wayOn])}`,
  };
}
