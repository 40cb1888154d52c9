import { Inject, Injectable } from '@nestjs/common';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { Clock, intersect, issueOpaque, opaqueKeyOf } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import type { AuthorizationRequest, SignedIn } from '../domain/authorization-request/authorization-request.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { AUTHORIZATION_OPTIONS } from './authorization-options.js';
import type { AuthorizationCode, CodeContent } from './persistence/authorization-code.store.js';
import { AuthorizationCodeStore } from './persistence/authorization-code.store.js';
import { PushedRequests } from './pushed-requests.service.js';

/** A code that comes back after its end still tells of a theft for so long. */
const KEPT = 600_000;

/** What a code is issued for. */
export interface CodeOrder {
  readonly request: AuthorizationRequest;
  readonly client: Pick<Client, 'id'>;
  /** The record of her consent: the code gives nothing beyond it. */
  readonly record: AuthorizationRecord;
  readonly session: SignedIn;
  /** Whether tokens of her consent were fetched before; absent: perhaps not. */
  readonly isFetched?: boolean;
}

/** Authorization codes (RFC 6749 section 4.1.2): short-lived, used once, bound to all that the request said. */
@Injectable()
export class AuthorizationCodes {
  constructor(
    private readonly store: AuthorizationCodeStore,
    private readonly pushed: PushedRequests,
    private readonly clock: Clock,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {}

  /**
   * Adds a fresh code, and uses up the pushed request that it answers: the write-set fails as a condition when that was
   * answered before.
   * @returns its value, which is kept nowhere
   */
  issue(writes: WriteSet, order: CodeOrder): string {
    const { request, client, record } = order;
    const now = this.clock.now();
    const { value, key } = issueOpaque('ac', now);
    const validUntil = now + this.options.codeLifetime;
    this.pushed.take(writes, request);
    this.store.insert(writes, {
      hash: key,
      clientId: client.id,
      authorizationId: record.id,
      content: contentOf(order),
      validUntil,
      expiresAt: validUntil + KEPT,
    });
    return value;
  }

  /** The code with this value, used and expired ones too, or `undefined`. */
  async find(value: string): Promise<AuthorizationCode | undefined> {
    const hash = opaqueKeyOf(value, 'ac');
    return hash === undefined ? undefined : this.store.find(hash);
  }

  /** Marks a code as used for a family of tokens; fails as a condition when it was used, or its authorization ended. */
  use(writes: WriteSet, code: AuthorizationCode, familyId: string, now: Instant): void {
    this.store.use(writes, code, familyId, now);
  }
}

function contentOf({ request, record, session, isFetched }: CodeOrder): CodeContent {
  const { redirectUri, codeChallenge, resources, nonce, claims, authorizationDetails, dpopJkt } = request;
  const { id: sid, accountId, authTime, acr, amr } = session;
  return {
    redirectUri,
    codeChallenge,
    resources,
    subject: `account:${accountId}`,
    scopes: intersect(request.scopes, record.scopes),
    generation: record.generation,
    signIn: { authTime, acr, amr, sid },
    isNamedGrant: request.grantManagementAction !== undefined,
    ...(request.grantManagementAction === 'merge' && { isMerge: true }),
    ...(isFetched === true && { isFetched }),
    // Members that the request does not have leave no trace in JSON.
    ...({ nonce, claims, authorizationDetails, dpopJkt } as Partial<CodeContent>),
  };
}
