import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { KnownPlaces, Persons } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { DeviceCode } from '@valetkey/oauth';
import { Consents } from '@valetkey/oauth';
import type { Visitor } from '../../interaction/interaction-kind.js';
import { ScopeWordingStore } from '../../owner-api/scope-wording.store.js';
import type { Messages } from '../../pages/messages/messages.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { DeviceConfirmModel, RequestPlace } from '../../pages/views/device-confirm.view.js';
import { deviceConfirmView } from '../../pages/views/device-confirm.view.js';
import { applicationOf } from '../known-application.js';
import { digestOf } from '../question-digest.js';
import { AskedSentences, sentenceOf } from '../asked-sentences.service.js';
import type { DeviceContent } from './device-content.js';
import type { SeenAddress } from './request-place.js';
import { placeBetween } from './request-place.js';

/** What the page asks about. */
export interface DeviceQuestion {
  readonly device: DeviceCode;
  readonly client: Client;
  readonly session: Session;
  readonly seen: DeviceContent;
}

/** All that the page says to whoever is asked. */
type Said = Omit<DeviceConfirmModel, 'form' | 'time' | 'account' | 'another' | 'isChanged'>;

/** The confirmation page (A7) of a device. */
@Injectable()
export class DevicePage {
  constructor(
    private readonly persons: Persons,
    private readonly wording: ScopeWordingStore,
    private readonly sentences: AskedSentences,
    private readonly consents: Consents,
    private readonly places: KnownPlaces,
    private readonly clock: Clock,
  ) {}

  /** @param isChanged - she has just answered another one */
  async of(question: DeviceQuestion, visitor: Visitor, isChanged = false): Promise<PageView> {
    const { messages } = visitor;
    const said = await this.said(question, messages);
    const person = await this.persons.find(question.session.accountId);
    const model: DeviceConfirmModel = {
      ...said,
      form: visitor.form('decision', digestOf(said)),
      time: { now: this.clock.now(), ...(person?.zone && { zone: person.zone }) },
      account: person?.username ?? '',
      another: visitor.form('another-person'),
      isChanged,
    };
    return deviceConfirmView(model, messages);
  }

  /** Whether the page that she answers said just what it would say now. */
  async isAsShown(question: DeviceQuestion, visitor: Visitor): Promise<boolean> {
    return visitor.wasAsked(digestOf(await this.said(question, visitor.messages)));
  }

  private async said({ device, client, session, seen }: DeviceQuestion, messages: Messages): Promise<Said> {
    const { scopes, deviceName } = device.request;
    const worded = await this.wording.describe(scopes, [messages.locale]);
    const endsAfter = await this.consents.daysUnasked(session.accountId, client.id, device.request);
    return {
      application: applicationOf(client),
      code: seen.userCode,
      askedAt: device.askedAt,
      ...(deviceName !== undefined && { deviceName }),
      place: await this.placeOf(device.request, seen, session.accountId),
      permissions: [
        ...worded.filter(({ scope }) => scope !== 'openid').map(sentenceOf),
        ...(await this.sentences.of(device.request, messages)),
      ],
      ...(endsAfter !== undefined && { endsAfter }),
      suspended: await this.consents.isSuspended(session.accountId, client.id),
      details: detailsOf(device, client),
    };
  }

  private async placeOf(request: SeenAddress, own: SeenAddress, accountId: string): Promise<RequestPlace> {
    const place = placeBetween(request, own);
    if (place.kind !== 'elsewhere') return place;
    const seen = await this.places.see(accountId, { address: request.address, device: undefined });
    return { ...place, isKnown: seen.isKnownNetwork };
  }
}

function detailsOf({ request }: DeviceCode, client: Client): DeviceConfirmModel['details'] {
  const { scopes, resources, authorizationDetails = [] } = request;
  return [
    { term: 'client_id', value: client.id },
    { term: 'scope', value: scopes.join(' ') },
    ...resources.map((resource) => ({ term: 'resource', value: resource })),
    ...authorizationDetails.map((detail) => ({ term: 'authorization_details', value: JSON.stringify(detail) })),
  ];
}
