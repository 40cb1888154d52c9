import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationRequest, ConsentSpan } from '@valetkey/oauth';
import { AuthorizationCodes, givenClaims } from '@valetkey/oauth';
import type { WriteSet } from '@valetkey/persistence';
import { GivenConsents } from '../given-consents.service.js';

/** What a person gives. */
export interface Given {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly session: Session;
  /** What she allows of what was asked. */
  readonly scopes: readonly string[];
  /** Absent: all that was asked. */
  readonly resources?: readonly string[];
  /** Absent: nobody asked her, and the end stays as it is. */
  readonly lasts?: ConsentSpan;
}

/** Consent and the code for it. */
@Injectable()
export class ConsentedCodes {
  constructor(
    private readonly consents: GivenConsents,
    private readonly codes: AuthorizationCodes,
  ) {}

  /** Adds all of it; fails as a condition when one of them changed meanwhile. @returns the code */
  async issue(writes: WriteSet, given: Given, now: Instant): Promise<string> {
    const { request, client, session, scopes, resources = request.resources } = given;
    const record = await this.consents.give(writes, { ...given, resources }, now);
    const claims = givenClaims(request, record.scopes);
    return this.codes.issue(writes, { request: { ...request, scopes, resources, claims }, client, record, session });
  }
}
