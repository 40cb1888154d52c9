import { Injectable } from '@nestjs/common';
import type { Person, Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import type { AccessRequest } from '@valetkey/uma';
import { AccessRequestStore, RequestNoticeStore } from '@valetkey/uma';
import { PageError } from '../../pages/http/page-error.js';

/** A request as its requesting party sees it. */
export interface PartyRequest {
  readonly request: AccessRequest;
  readonly person: Person;
  /** Whether the answer comes by mail, or could where she has an address. */
  readonly mail: 'wished' | 'possible' | 'none';
}

/** Requests of who is signed in. */
@Injectable()
export class PartyRequests {
  constructor(
    private readonly requests: AccessRequestStore,
    private readonly notices: RequestNoticeStore,
    private readonly persons: Persons,
    private readonly clock: Clock,
  ) {}

  /** `undefined` where it is not a request of hers: as for one that never was. */
  async find(requestId: string, { accountId }: Session): Promise<PartyRequest | undefined> {
    const request = await this.requests.find(requestId);
    const person = request?.party.accountId === accountId ? await this.persons.find(accountId) : undefined;
    if (!request || !person) return undefined;
    if (person.email === null) return { request, person, mail: 'none' };
    return { request, person, mail: (await this.notices.isWished(requestId)) ? 'wished' : 'possible' };
  }

  /** The user name of who is signed in. */
  async nameOf({ accountId }: Session): Promise<string> {
    return (await this.persons.find(accountId))?.username ?? '';
  }

  /** She wishes to hear by mail how it ends. @throws PageError when it is no request of hers */
  async wishMail(requestId: string, { accountId }: Session): Promise<void> {
    const request = await this.requests.find(requestId);
    if (request?.party.accountId !== accountId) throw new PageError('not_found', 'request_of_another');
    await this.notices.wish(requestId, accountId, this.clock.now());
  }
}
