import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationRequest } from '@valetkey/oauth';
import { AuthorizationCodes } from '@valetkey/oauth';
import type { WriteSet } from '@valetkey/persistence';
import { GivenConsents } from '../given-consents.service.js';

/** What a person gives. */
export interface Given {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly session: Session;
  /** What she allows of what was asked. */
  readonly scopes: readonly string[];
}

/** Consent and the code for it. */
@Injectable()
export class ConsentedCodes {
  constructor(
    private readonly consents: GivenConsents,
    private readonly codes: AuthorizationCodes,
  ) {}

  /** Adds all of it; fails as a condition when one of them changed meanwhile. @returns the code */
  async issue(writes: WriteSet, { request, client, session, scopes }: Given, now: Instant): Promise<string> {
    const record = await this.consents.give(writes, { session, client, request, scopes }, now);
    return this.codes.issue(writes, { request: { ...request, scopes }, client, record, session });
  }
}
