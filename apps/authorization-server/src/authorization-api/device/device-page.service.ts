import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { networkOf, Persons } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { DeviceCode } from '@valetkey/oauth';
import { Consents } from '@valetkey/oauth';
import type { Visitor } from '../../interaction/interaction-kind.js';
import { ScopeWordingStore } from '../../owner-api/scope-wording.store.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { DeviceConfirmModel } from '../../pages/views/device-confirm.view.js';
import { deviceConfirmView } from '../../pages/views/device-confirm.view.js';
import { applicationOf } from '../known-application.js';
import { AskedSentences, sentenceOf } from '../asked-sentences.service.js';
import type { DeviceContent } from './device-content.js';

/** What the page asks about. */
export interface DeviceQuestion {
  readonly device: DeviceCode;
  readonly client: Client;
  readonly session: Session;
  readonly seen: DeviceContent;
}

/** The confirmation page (A7) of a device. */
@Injectable()
export class DevicePage {
  constructor(
    private readonly persons: Persons,
    private readonly wording: ScopeWordingStore,
    private readonly sentences: AskedSentences,
    private readonly consents: Consents,
    private readonly clock: Clock,
  ) {}

  async of({ device, client, session, seen }: DeviceQuestion, visitor: Visitor): Promise<PageView> {
    const { messages } = visitor;
    const person = await this.persons.find(session.accountId);
    const { scopes, address, deviceName } = device.request;
    const worded = await this.wording.describe(scopes, [messages.locale]);
    const endsAfter = await this.consents.daysUnasked(session.accountId, client.id, device.request);
    const isElsewhere = networkOf(address) !== networkOf(seen.address);
    const model: DeviceConfirmModel = {
      form: visitor.form('decision'),
      time: { now: this.clock.now(), ...(person?.zone && { zone: person.zone }) },
      account: person?.username ?? '',
      another: visitor.form('another-person'),
      application: applicationOf(client),
      code: seen.userCode,
      askedAt: device.askedAt,
      ...(deviceName !== undefined && { deviceName }),
      place: address,
      ...(isElsewhere && { yourPlace: seen.address }),
      permissions: [
        ...worded.filter(({ scope }) => scope !== 'openid').map(sentenceOf),
        ...(await this.sentences.of(device.request, messages)),
      ],
      ...(endsAfter !== undefined && { endsAfter }),
      suspended: await this.consents.isSuspended(session.accountId, client.id),
      details: detailsOf(device, client),
    };
    return deviceConfirmView(model, messages);
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
