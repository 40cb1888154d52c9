import { Inject, Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import type { AuthorizationRecord, OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore, isLive, rootAuthorization } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { Clock, isExpired, isSubset, newId, unite } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { claimsOfScopes } from '@valetkey/protocol';
import {
  areAmongDetails,
  grownDetails,
  lastingDetails,
} from '../domain/authorization-request/authorization-details.js';
import type { AuthorizationRequest } from '../domain/authorization-request/authorization-request.js';
import { singleClaims } from '../domain/authorization-request/claims-request.js';
import type { ConsentSpan, TimedAccess } from '../domain/authorization-request/consent-span.js';
import { endOf, isTimed } from '../domain/authorization-request/consent-span.js';
import type { StandingAccess } from '../domain/authorization-request/standing-access.js';
import { standingAccess } from '../domain/authorization-request/standing-access.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { AUTHORIZATION_OPTIONS } from './authorization-options.js';
import { ConsentTokens } from './consent-tokens.service.js';
import type { ConsentTerms, RecordedConsent, StoredConsent } from './persistence/consent.store.js';
import { ConsentStore } from './persistence/consent.store.js';

/** What a person gave a client, and the record that says so. */
export interface Consented extends StoredConsent {
  readonly record: AuthorizationRecord;
  readonly scopes: readonly string[];
}

/** IR-54: what nobody fetched tokens of is dropped after this. */
const UNFETCHED_STAYS = 600_000;

/** What a person gives now: never more than was asked. */
export interface ConsentGiven {
  readonly accountId: string;
  readonly client: Pick<Client, 'id'>;
  readonly request: Pick<
    AuthorizationRequest,
    'scopes' | 'optionalScopes' | 'claims' | 'resources' | 'authorizationDetails' | 'grantId' | 'grantManagementAction'
  >;
  /** Optional ones that are not here she has left out. */
  readonly scopes: readonly string[];
  /** Absent: those of the request. */
  readonly resources?: readonly string[];
  /** For all that the record says; absent: nobody asked her, and an end that there is stays ({@link Consents.daysUnasked}). */
  readonly lasts?: ConsentSpan;
  /** A code for it is good until then; absent: for less than ten minutes. */
  readonly fetchableUntil?: Instant;
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
    private readonly tokens: ConsentTokens,
    private readonly activity: ActivityStore,
    private readonly clock: Clock,
    @Inject(AUTHORIZATION_OPTIONS)
    private readonly options: Pick<AuthorizationOptions, 'consentDays' | 'authorizationDetailsTypes'>,
  ) {}

  /** What she gave the client, or `undefined` when nothing lives. */
  async find(accountId: string, clientId: string): Promise<Consented | undefined> {
    const present = await this.findUsual(accountId, clientId);
    if (!present || !isLive(present.record, this.clock.now())) return undefined;
    const { record, terms } = present;
    return { ...terms, record, scopes: record.scopes };
  }

  /**
   * Rests what the client gets now on what she gave before, as it was found: nothing is read again, and nothing begins. The write-set
   * fails as a condition when that ended, rests or was renewed meanwhile.
   */
  rely(writes: WriteSet, consented: Consented, now: Instant): AuthorizationRecord {
    this.authorizations.guardGeneration(writes, consented.record);
    this.store.waitLonger(writes, consented, now + UNFETCHED_STAYS);
    return consented.record;
  }

  /** Whether the grant with this name is a living one that she gave this client. */
  async isTheirs(grantId: string, accountId: string, clientId: string): Promise<boolean> {
    return (await this.findNamed(grantId, accountId, clientId)) !== undefined;
  }

  /** Whether what she gave the client rests, so that nothing can be added to it. */
  async isSuspended(accountId: string, clientId: string): Promise<boolean> {
    const record = await this.authorizations.findOpen(partyKeyOf(accountId, clientId));
    return record?.state === 'suspended' && !isPastEnd(record, this.clock.now());
  }

  /**
   * After how many days what she gives now ends, where nobody asks her for how long; `undefined` where it changes no end, or where
   * she only says who she is, which has none.
   */
  async daysUnasked(accountId: string, clientId: string, asked: TimedAccess): Promise<number | undefined> {
    const present = await this.findUsual(accountId, clientId);
    const isOver = !present || isPastEnd(present.record, this.clock.now());
    return this.usualDays(isOver ? undefined : present, asked);
  }

  /** What else gets the end that she chooses now; `undefined` where nothing timed was given before, or this does not grow it. */
  async standing(
    accountId: string,
    clientId: string,
    request: ConsentGiven['request'],
  ): Promise<StandingAccess | undefined> {
    const { grantId, grantManagementAction: action } = request;
    if (action === 'create' || action === 'replace') return undefined;
    const present = await (grantId === undefined
      ? this.findUsual(accountId, clientId)
      : this.findNamed(grantId, accountId, clientId));
    if (!present || isPastEnd(present.record, this.clock.now())) return undefined;
    const { record, terms } = present;
    return standingAccess({ ...terms, scopes: record.scopes }, record.expiresAt, request);
  }

  /**
   * Adds what she gives to her living record, makes one where there is none, or, at the client's wish, makes another (`create`)
   * or replaces what one says (`replace`), which ends its tokens (IR-51). What is added to one (`merge`) ends refresh tokens when its
   * own are fetched (IR-50). Nothing changes where all
   * was given before, and nothing is told, unless she gave one deed more.
   * The write-set fails as a condition when the record changed or ended meanwhile.
   * @returns the record as it will be
   * @throws OAuthError invalid_grant_id when the grant that the request names is not hers
   */
  async give(writes: WriteSet, given: ConsentGiven, now: Instant): Promise<AuthorizationRecord> {
    const { request, scopes, resources = request.resources } = given;
    if (!isSubset(scopes, request.scopes)) throw new Error('more was given than was asked');
    const { optionalScopes = [], authorizationDetails = [] } = request;
    const declined = without(optionalScopes, scopes);
    const terms = { resources, authorizationDetails, declined, claims: singleClaims(request) };
    const { authorizationDetailsTypes: types } = this.options;
    // RFC 9396 section 12: the same payment a second time is a second payment, and she reads of both.
    const hasDeeds = lastingDetails(authorizationDetails, types).length < authorizationDetails.length;
    const present = this.unlessOver(writes, await this.findPresent(given), now);
    if (!present) return this.begin(writes, given, terms, now);
    this.store.waitLonger(writes, present.terms, pendingUntil(given, now));
    if (request.grantManagementAction === 'replace') {
      this.tokens.voidAll(writes, present.record);
      const changed = this.change(writes, present, { scopes, ...terms, lasts: given.lasts, hasDeeds }, now);
      return { ...changed, generation: changed.generation + 1 };
    }
    const all = unite(present.record.scopes, scopes);
    const merged = {
      scopes: all,
      declined: without(unite(present.terms.declined, terms.declined), all),
      claims: unite(present.terms.claims, without(terms.claims, claimsOfScopes(all))),
      resources: unite(present.terms.resources, resources),
      authorizationDetails: grownDetails(present.terms.authorizationDetails, authorizationDetails, types),
      lasts: given.lasts,
      hasDeeds,
    };
    return this.change(writes, present, merged, now);
  }

  private async findPresent({ accountId, client, request, lasts }: ConsentGiven): Promise<RecordedConsent | undefined> {
    if (request.grantManagementAction === 'create' || lasts === 'once') return undefined;
    if (request.grantId === undefined) return this.findUsual(accountId, client.id);
    const named = await this.findNamed(request.grantId, accountId, client.id);
    if (!named) throw new OAuthError('invalid_grant_id', 'grant_unknown');
    return named;
  }

  private async findNamed(grantId: string, accountId: string, clientId: string): Promise<RecordedConsent | undefined> {
    const [record, terms] = await Promise.all([
      this.authorizations.findOfOwner(grantId, ownerOf(accountId)),
      this.store.find(grantId),
    ]);
    const isTheirs = record?.clientId === clientId && isLive(record, this.clock.now());
    return isTheirs && terms ? { record, terms } : undefined;
  }

  private findUsual(accountId: string, clientId: string): Promise<RecordedConsent | undefined> {
    return this.store.findOpen(partyKeyOf(accountId, clientId));
  }

  private begin(writes: WriteSet, given: ConsentGiven, terms: ConsentTerms, now: Instant): AuthorizationRecord {
    const { accountId, client, request, scopes, lasts } = given;
    const isApart = request.grantManagementAction === 'create' || lasts === 'once';
    const record = rootAuthorization(
      {
        id: newId('g'),
        origin: 'client',
        owner: ownerOf(accountId),
        clientId: client.id,
        partyKey: isApart ? null : partyKeyOf(accountId, client.id),
        scopes,
        expiresAt: endOf(lasts ?? this.usualDays(undefined, { ...terms, scopes }) ?? 'until_ended', now),
      },
      now,
    );
    this.authorizations.guardGround(writes, record);
    this.authorizations.insert(writes, record);
    this.store.insert(writes, record.id, terms, { givenAt: now, pendingUntil: pendingUntil(given, now) });
    this.tell(writes, 'given', record, now);
    return record;
  }

  private change(
    writes: WriteSet,
    { record, terms }: RecordedConsent,
    wanted: ConsentTerms & { scopes: readonly string[]; lasts: ConsentSpan | undefined; hasDeeds: boolean },
    now: Instant,
  ): AuthorizationRecord {
    const { scopes } = wanted;
    const lasts = wanted.lasts ?? this.usualDays({ record, terms }, wanted);
    const expiresAt = lasts === undefined ? record.expiresAt : endOf(lasts, now);
    if (expiresAt !== record.expiresAt) this.authorizations.changeEnd(writes, record, expiresAt);
    if (isSame(record, terms, wanted)) {
      this.authorizations.guardActive(writes, record.id);
      const same = { ...record, expiresAt };
      if (wanted.hasDeeds) this.tell(writes, 'changed', same, now);
      return same;
    }
    this.authorizations.changeScopes(writes, record, scopes);
    this.store.replace(writes, terms, wanted, now);
    const changed = { ...record, scopes, expiresAt };
    this.tell(writes, 'changed', changed, now);
    return changed;
  }

  private tell(writes: WriteSet, kind: 'given' | 'changed', record: AuthorizationRecord, at: Instant): void {
    const { id, owner, clientId, scopes, expiresAt } = record;
    this.activity.note(writes, {
      ...{ owner, at, kind, actor: owner, holder: `client:${clientId}`, clientId, scopes, accessId: `grant:${id}` },
      ...(expiresAt !== null && { endsAt: expiresAt }),
    });
  }

  /** The span that is preselected, for what begins to need an end: nothing is without one because nobody asked her. */
  private usualDays(present: RecordedConsent | undefined, given: TimedAccess): number | undefined {
    const had = present && { ...present.terms, scopes: present.record.scopes };
    const begins = isTimed(given) && (!had || (!isTimed(had) && present.record.expiresAt === null));
    return begins ? this.options.consentDays[0] : undefined;
  }

  /** What has come to its end, resting or not, is nothing to add to: it ends now, and what it said is asked for again. */
  private unlessOver(
    writes: WriteSet,
    present: RecordedConsent | undefined,
    now: Instant,
  ): RecordedConsent | undefined {
    if (!present || !isPastEnd(present.record, now)) return present;
    const { id, owner } = present.record;
    this.authorizations.end(writes, { id, owner, by: 'server', now });
    return undefined;
  }
}

function isPastEnd({ expiresAt }: AuthorizationRecord, now: Instant): boolean {
  return expiresAt !== null && isExpired(expiresAt, now);
}

function pendingUntil({ fetchableUntil = 0 }: ConsentGiven, now: Instant): Instant {
  return Math.max(now + UNFETCHED_STAYS, fetchableUntil);
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
    isSameSet(wanted.claims, terms.claims) &&
    wanted.authorizationDetails.length === terms.authorizationDetails.length &&
    areAmongDetails(wanted.authorizationDetails, terms.authorizationDetails)
  );
}

/** Of lists that hold nothing twice. */
function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && isSubset(one, other);
}

function without(names: readonly string[], taken: readonly string[]): string[] {
  return names.filter((name) => !taken.includes(name));
}

const ownerOf = (accountId: string): OwnerId => `account:${accountId}`;

/** Of a person and a client, unlike those of requesting parties and of clients by themselves. JSON keeps the two apart. */
function partyKeyOf(accountId: string, clientId: string): string {
  return `consent:${JSON.stringify([accountId, clientId])}`;
}
