import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord, OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore, isLive, RecordGenerations, rootAuthorization } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { Clock, isSubset, newId, unite } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { TokenFamilyStore } from '@valetkey/tokens';
import { areAmongDetails, uniteDetails } from '../domain/authorization-request/authorization-details.js';
import type { AuthorizationRequest } from '../domain/authorization-request/authorization-request.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { ConsentTerms, StoredConsent } from './persistence/consent.store.js';
import { ConsentStore } from './persistence/consent.store.js';

/** What a person gave a client, and the record that says so. */
export interface Consented extends ConsentTerms {
  readonly record: AuthorizationRecord;
  readonly scopes: readonly string[];
  readonly givenAt: Instant;
}

/** What a person gives now: never more than was asked. */
export interface ConsentGiven {
  readonly accountId: string;
  readonly client: Pick<Client, 'id'>;
  readonly request: Pick<
    AuthorizationRequest,
    'scopes' | 'optionalScopes' | 'resources' | 'authorizationDetails' | 'grantId' | 'grantManagementAction'
  >;
  /** Optional ones that are not here she has left out. */
  readonly scopes: readonly string[];
  /** Absent: those of the request. */
  readonly resources?: readonly string[];
}

interface Present {
  readonly record: AuthorizationRecord;
  readonly terms: StoredConsent;
}

/**
 * Consents of people, kept as authorization records: one living record for each person and client, and others beside it where
 * the client asks for grants by name (Grant Management).
 */
@Injectable()
export class Consents {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly store: ConsentStore,
    private readonly generations: RecordGenerations,
    private readonly families: TokenFamilyStore,
    private readonly clock: Clock,
  ) {}

  /** What she gave the client, or `undefined` when nothing lives. */
  async find(accountId: string, clientId: string): Promise<Consented | undefined> {
    const present = await this.findUsual(accountId, clientId);
    if (!present || !isLive(present.record, this.clock.now())) return undefined;
    const { record, terms } = present;
    const { resources, authorizationDetails, declined, givenAt } = terms;
    return { record, scopes: record.scopes, resources, authorizationDetails, declined, givenAt };
  }

  /**
   * Adds what she gives to her living record, makes one where there is none, or, at the client's wish, makes another (`create`)
   * or replaces what one says (`replace`), which ends its tokens (IR-50, IR-51). Nothing changes where all was given before.
   * The write-set fails as a condition when the record changed or ended meanwhile.
   * @returns the record as it will be
   * @throws OAuthError invalid_grant_id when the grant that the request names is not hers
   */
  async give(writes: WriteSet, given: ConsentGiven, now: Instant): Promise<AuthorizationRecord> {
    const { request, scopes, resources = request.resources } = given;
    if (!isSubset(scopes, request.scopes)) throw new Error('more was given than was asked');
    const { optionalScopes = [], authorizationDetails = [] } = request;
    const terms = { resources, authorizationDetails, declined: without(optionalScopes, scopes) };
    const present = await this.findPresent(given);
    if (!present) return this.begin(writes, given, terms, now);
    if (request.grantManagementAction === 'replace') {
      this.generations.renew(writes, present.record);
      const changed = this.change(writes, present, { scopes, ...terms }, now);
      return { ...changed, generation: changed.generation + 1 };
    }
    if (request.grantManagementAction === 'merge') {
      this.families.revokeRefreshOfAuthorization(writes, present.record.id, now);
    }
    const all = unite(present.record.scopes, scopes);
    const merged = {
      scopes: all,
      declined: without(unite(present.terms.declined, terms.declined), all),
      resources: unite(present.terms.resources, resources),
      authorizationDetails: uniteDetails(present.terms.authorizationDetails, terms.authorizationDetails),
    };
    return this.change(writes, present, merged, now);
  }

  private async findPresent({ accountId, client, request }: ConsentGiven): Promise<Present | undefined> {
    if (request.grantManagementAction === 'create') return undefined;
    if (request.grantId === undefined) return this.findUsual(accountId, client.id);
    const [record, terms] = await Promise.all([
      this.authorizations.findOfOwner(request.grantId, ownerOf(accountId)),
      this.store.find(request.grantId),
    ]);
    if (!record || !terms || record.clientId !== client.id || record.state !== 'active') {
      throw new OAuthError('invalid_grant_id', 'grant_unknown');
    }
    return { record, terms };
  }

  private async findUsual(accountId: string, clientId: string): Promise<Present | undefined> {
    const key = partyKeyOf(accountId, clientId);
    const [record, terms] = await Promise.all([this.authorizations.findOpen(key), this.store.findLiving(key)]);
    return record && terms && { record, terms };
  }

  private begin(writes: WriteSet, given: ConsentGiven, terms: ConsentTerms, now: Instant): AuthorizationRecord {
    const { accountId, client, request, scopes } = given;
    const isNamed = request.grantManagementAction === 'create';
    const record = rootAuthorization(
      {
        id: newId('g'),
        origin: 'client',
        owner: ownerOf(accountId),
        clientId: client.id,
        partyKey: isNamed ? null : partyKeyOf(accountId, client.id),
        scopes,
      },
      now,
    );
    this.authorizations.guardGround(writes, record);
    this.authorizations.insert(writes, record);
    this.store.insert(writes, record.id, terms, now);
    return record;
  }

  private change(
    writes: WriteSet,
    { record, terms }: Present,
    wanted: ConsentTerms & { scopes: readonly string[] },
    now: Instant,
  ): AuthorizationRecord {
    const { scopes } = wanted;
    if (isSame(record, terms, wanted)) {
      this.authorizations.guardActive(writes, record.id);
      return record;
    }
    this.authorizations.changeScopes(writes, record, scopes);
    this.store.replace(writes, terms, wanted, now);
    return { ...record, scopes };
  }
}

function isSame(
  record: AuthorizationRecord,
  terms: ConsentTerms,
  wanted: ConsentTerms & { scopes: readonly string[] },
): boolean {
  return (
    isSameSet(wanted.scopes, record.scopes) &&
    isSameSet(wanted.resources, terms.resources) &&
    isSameSet(wanted.declined, terms.declined) &&
    wanted.authorizationDetails.length === terms.authorizationDetails.length &&
    areAmongDetails(wanted.authorizationDetails, terms.authorizationDetails)
  );
}

/** Of lists that hold nothing twice. */
function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && isSubset(one, other);
}

function without(scopes: readonly string[], taken: readonly string[]): string[] {
  return scopes.filter((scope) => !taken.includes(scope));
}

function ownerOf(accountId: string): OwnerId {
  return `account:${accountId}`;
}

/** Of a person and a client, unlike those of requesting parties and of clients by themselves. JSON keeps the two apart. */
function partyKeyOf(accountId: string, clientId: string): string {
  return `consent:${JSON.stringify([accountId, clientId])}`;
}
