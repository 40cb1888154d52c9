import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationRequest, Consented, ConsentSpan } from '@valetkey/oauth';
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

/** What rests on what she gave before: nobody asked her. */
export interface Standing {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly session: Session;
  /** What she gave of what is asked. */
  readonly scopes: readonly string[];
  /** As it was found when this was decided. */
  readonly before: Consented;
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

  /** The code alone; fails as a condition when what it rests on has ended or changed meanwhile. @returns the code */
  issueAgain(writes: WriteSet, { request, client, session, scopes, before }: Standing, now: Instant): string {
    const record = this.consents.rely(writes, before, { client, session }, now);
    const claims = givenClaims(request, record.scopes);
    const isFetched = before.pendingUntil === null;
    return this.codes.issue(writes, { request: { ...request, scopes, claims }, client, record, session, isFetched });
  }
}
