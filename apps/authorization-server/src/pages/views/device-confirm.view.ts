import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { past } from '../kit/dates.js';
import { equalButtons, form, submitButton } from '../kit/forms.js';
import type { Html } from '../kit/html.js';
import { html } from '../kit/html.js';
import { ICON } from '../kit/icons.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import type { ApplicationCard, Sentence, TechnicalDetail } from '../kit/parts.js';
import {
  anotherPerson,
  applicationCard,
  facts,
  heading,
  noticeBox,
  sentenceList,
  signedInLine,
  technicalDetails,
} from '../kit/parts.js';
import { fill, name, plainName } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** A network, as far as an address tells of a place: without a list of who has which address that is not much. */
export type NetworkWords =
  | { readonly kind: 'this_machine' }
  /** How its addresses begin. */
  | { readonly kind: 'internet' | 'private'; readonly begins: string };

/** Where a request came from, seen from where the person is. */
export type RequestPlace =
  | { readonly kind: 'here' }
  | {
      readonly kind: 'elsewhere';
      readonly there: NetworkWords;
      readonly here: NetworkWords;
      /** The account was signed in from there before. */
      readonly isKnown: boolean;
    }
  | { readonly kind: 'unknown' };

/** A7 Device confirm. Posts `decision=deny` or `decision=allow`. Never skipped, even with a complete link; Cancel comes first. */
export interface DeviceConfirmModel {
  readonly form: FormTarget;
  readonly time: TimeFrame;
  readonly account: string;
  /** Where somebody else signs in instead. */
  readonly another?: FormTarget;
  readonly application: ApplicationCard;
  /** The code, to compare, as the device shows it: with its hyphen. */
  readonly code: string;
  readonly askedAt: Instant;
  /** What the device calls itself: a claim, shown as such. */
  readonly deviceName?: string;
  /** A different place is warned of, and one that is not known. */
  readonly place: RequestPlace;
  readonly permissions: readonly Sentence[];
  /** After how many days what she allows now ends; absent: it changes no end. */
  readonly endsAfter?: number;
  /** The application is suspended: no Allow button, only Cancel. */
  readonly suspended?: boolean;
  /** It is not what she has just answered: nothing came of that. */
  readonly isChanged?: boolean;
  readonly details?: readonly TechnicalDetail[];
}

export function deviceConfirmView(model: DeviceConfirmModel, messages: Messages): PageView {
  const { device } = messages;
  const { application, permissions, endsAfter } = model;
  return {
    title: device.confirmTitle(plainName(application.name)),
    body: html`${model.isChanged && noticeBox('warn', html`<p>${messages.consent.changedMeanwhile}</p>`)}
      ${signedInLine(messages, model.account, model.another)}
      ${heading(fill(device.confirmTitle, name(application.name)))} ${places(model, messages)}
      ${applicationCard(messages, application)}
      <div class="panel tight">
        <p class="quiet">${device.compare}</p>
        <p class="mono big">${model.code}</p>
      </div>
      ${facts(circumstances(model, messages))}
      ${
        permissions.length > 0 &&
        html`<div class="tight">
          <h2 class="section">${device.may}</h2>
          ${sentenceList(permissions)}
          ${endsAfter !== undefined && html`<p class="quiet">${device.ends(endsAfter)}</p>`}
        </div>`
      }
      ${form(model.form, model.suspended ? suspended(model, messages) : question(messages))}
      ${technicalDetails(messages, model.details ?? [])} ${anotherPerson(model.another)}`,
  };
}

function question({ device }: Messages): Html {
  // A complete link leads past the page that says so, too.
  return html`<p class="quiet">${device.warning} ${device.neverSent}</p>
    ${equalButtons(
      { label: device.cancel, icon: ICON.cross, decision: { name: 'decision', value: 'deny' } },
      { label: device.allow, icon: ICON.check, decision: { name: 'decision', value: 'allow' } },
    )}`;
}

function suspended({ application }: DeviceConfirmModel, { consent, device }: Messages): Html {
  const reason = html`<p class="strong">${fill(consent.suspended, name(application.name))}</p>
    <p>${consent.suspendedHelp}</p>`;
  return html`${noticeBox('warn', reason)}
  ${submitButton({ label: device.cancel, kind: 'equal', decision: { name: 'decision', value: 'deny' } })}`;
}

function places({ place }: DeviceConfirmModel, messages: Messages): Html | undefined {
  const { device } = messages;
  if (place.kind === 'here') return undefined;
  if (place.kind === 'unknown') return noticeBox('warn', html`<p>${device.placeHelp}</p>`);
  return noticeBox(
    'bad',
    html`<p class="strong">${device.placeDiffers}</p>
      ${facts([
        { term: device.place, value: networkText(place.there, messages) },
        { term: device.yourPlace, value: networkText(place.here, messages) },
      ])}
      <p>${place.isKnown ? device.placeKnown : device.placeNew}</p>
      <p>${device.placeHelp}</p>`,
  );
}

function networkText(network: NetworkWords, { device }: Messages): Html {
  if (network.kind === 'this_machine') return html`${device.networks.this_machine}`;
  return fill(device.networks[network.kind], name(network.begins));
}

function circumstances({ deviceName, place, askedAt, time }: DeviceConfirmModel, { device, locale }: Messages) {
  const known = [
    deviceName !== undefined && { term: device.device, value: name(deviceName) },
    { term: device.asked, value: past(askedAt, time, locale) },
    place.kind !== 'elsewhere' && {
      term: device.place,
      value: place.kind === 'here' ? device.placeSame : device.unknownPlace,
    },
  ];
  return known.filter((fact) => fact !== false);
}
