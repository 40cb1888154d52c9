import { html } from '../kit/html.js';
import { ICON } from '../kit/icons.js';
import type { PageView } from '../kit/page-view.js';
import { heading, linkButton, links } from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** A9 Partner sign-in failed: whom to tell, and the reference by which the operator finds it. For signing in at a partner, not offered yet. */
export interface PartnerFailedModel {
  readonly partner: string;
  readonly reference: string;
  /** Begins the sign-in there again. */
  readonly tryAgainUrl: string;
  /** Back to A1. */
  readonly otherWayUrl?: string;
}

export function partnerFailedView(
  { partner, reference, tryAgainUrl, otherWayUrl }: PartnerFailedModel,
  messages: Messages,
): PageView {
  const { partner: texts, frame } = messages;
  return {
    title: texts.title(plainName(partner)),
    body: html`<span class="mark bad">${ICON.warning}</span>
      ${heading(fill(texts.title, name(partner)), fill(texts.line, name(partner)))}
      <p>${texts.nothingHappened}</p>
      <div class="tight">
        <h2 class="section">${texts.whatToDo}</h2>
        <ul class="rows" role="list">
          <li>${texts.tryAgainHint}</li>
          <li>${fill(texts.tell, name(partner))}</li>
        </ul>
      </div>
      ${linkButton(texts.tryAgain, tryAgainUrl)}
      ${links([otherWayUrl === undefined ? undefined : { label: texts.otherWay, url: otherWayUrl }])}
      <p class="quiet">${fill(frame.reference, html`<span class="mono strong">${reference}</span>`)}</p>`,
  };
}
