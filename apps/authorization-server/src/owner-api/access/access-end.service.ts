import { Inject, Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { RevocationResult } from '@valetkey/owner-contract';
import { Database, WriteSet } from '@valetkey/persistence';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import { OwnerPolicies, OwnerRevocation, ShareTokensStore } from '@valetkey/uma';
import type { AccessEntry } from './access-entry.js';
import { kindOfHolder } from './access-entry.js';

/** What an end did, or why there was none. `changed`: it is another now, or over. */
export type Ended = RevocationResult | 'changed';

/** Ends one access, with all that it led to, at once. */
@Injectable()
export class AccessEnd {
  constructor(
    private readonly policies: OwnerPolicies,
    private readonly revocation: OwnerRevocation,
    private readonly records: ConsentRecords,
    private readonly tokens: ShareTokensStore,
    private readonly clock: Clock,
  ) {}

  async end(owner: OwnerId, entry: AccessEntry): Promise<Ended> {
    return entry.share ? this.endShare(owner, entry, entry.share) : this.endConsent(owner, entry);
  }

  private async endShare(owner: OwnerId, entry: AccessEntry, share: NonNullable<AccessEntry['share']>): Promise<Ended> {
    const tokens = await this.tokens.ofPolicy(share, this.clock.now());
    const outcome = await this.policies.remove(owner, share.id, { expected: [share.version] });
    if (typeof outcome === 'string') return 'changed';
    return resultOf(entry, tokens, [outcome.removedId]);
  }

  private async endConsent(owner: OwnerId, entry: AccessEntry): Promise<Ended> {
    const now = this.clock.now();
    const record = await this.records.find(entry, owner);
    if (!record) return 'changed';
    const tokens = await this.tokens.ofRecord(record.id, now);
    const writes = new WriteSet();
    const removed = await this.revocation.prepareEnd(writes, record, 'owner');
    if (!(await this.records.commit(writes))) return 'changed';
    const stillValid = tokens > 0 ? await this.records.readableUntil(record.clientId, now) : undefined;
    return {
      ...resultOf(entry, tokens, removed === undefined ? [] : [removed]),
      ...(stillValid !== undefined && { still_valid_until: stillValid }),
    };
  }
}

/** What the end of a consent needs to know. */
@Injectable()
export class ConsentRecords {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly clients: ClientRegistry,
    private readonly database: Database,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  async find({ consent }: AccessEntry, owner: OwnerId) {
    return consent && this.authorizations.findOfOwner(consent.id, owner);
  }

  commit(writes: WriteSet): Promise<boolean> {
    return this.database.tryCommit(writes);
  }

  /** Until when a token may be taken that is read without asking this server; `undefined` where the application has none such. */
  async readableUntil(clientId: string, now: number): Promise<string | undefined> {
    const client = await this.clients.findEnabled(clientId);
    if (client?.accessTokenFormat !== 'jwt') return undefined;
    return new Date(now + this.options.accessTokenLifetime).toISOString();
  }
}

function resultOf({ holder }: AccessEntry, tokens: number, removed: readonly string[]): RevocationResult {
  const kind = kindOfHolder(holder);
  return {
    ended: {
      accesses: 1,
      tokens,
      people: kind === 'person' ? 1 : 0,
      applications: kind === 'application' ? 1 : 0,
    },
    could_not_end: [],
    removed,
  };
}
