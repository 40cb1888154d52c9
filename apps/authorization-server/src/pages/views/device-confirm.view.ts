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
  /** Where the request came from, in words or as an address. */
  readonly place?: string;
  /** Where the person seems to be. A different place is warned of. */
  readonly yourPlace?: string;
  readonly permissions: readonly Sentence[];
  /** After how many days what she allows now ends; absent: it changes no end. */
  readonly endsAfter?: number;
  /** The application is suspended: no Allow button, only Cancel. */
  readonly suspended?: boolean;
  readonly details?: readonly TechnicalDetail[];
}

export function deviceConfirmView(model: DeviceConfirmModel, messages: Messages): PageView {
  const { device } = messages;
  const { application, permissions, endsAfter } = model;
  return {
    title: device.confirmTitle(plainName(application.name)),
    body: html`${signedInLine(messages, model.account, model.another)}
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
  return html`<p class="quiet">${device.warning}</p>
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

function places({ place, yourPlace }: DeviceConfirmModel, { device }: Messages): Html {
  if (place === undefined || yourPlace === undefined || place === yourPlace) {
    return noticeBox('warn', html`<p>${device.placeHelp}</p>`);
  }
  return noticeBox(
    'bad',
    html`<p class="strong">${fill(device.placeDiffers, name(place), name(yourPlace))}</p>
      <p>${device.placeHelp}</p>`,
  );
}

function circumstances(
  { deviceName, place, yourPlace, askedAt, time }: DeviceConfirmModel,
  { device, locale }: Messages,
) {
  const known = [
    deviceName !== undefined && { term: device.device, value: name(deviceName) },
    { term: device.asked, value: past(askedAt, time, locale) },
    { term: device.place, value: place === undefined ? device.unknownPlace : name(place) },
    yourPlace !== undefined && { term: device.yourPlace, value: name(yourPlace) },
  ];
  return known.filter((fact) => fact !== false);
}
