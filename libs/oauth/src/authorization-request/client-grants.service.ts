import { Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { AuthorizationStore, isLive } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { StoredConsent } from './persistence/consent.store.js';
import { ConsentStore } from './persistence/consent.store.js';

/** What a person gave a client, as the client may see it. */
export interface ClientGrant {
  readonly record: AuthorizationRecord;
  readonly terms: StoredConsent;
}

/** Grants of people as their clients look them up and end them (Grant Management section 6). */
@Injectable()
export class ClientGrants {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly consents: ConsentStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activity: ActivityStore,
  ) {}

  /** A living grant that a person gave this client on a page of hers; nothing else is a grant of this API. */
  async find(id: string, clientId: string): Promise<ClientGrant | 'unknown' | 'of_another_client'> {
    const [record, terms] = await Promise.all([this.authorizations.find(id), this.consents.find(id)]);
    if (!record || !terms || !isLive(record, this.clock.now())) return 'unknown';
    return record.clientId === clientId ? { record, terms } : 'of_another_client';
  }

  /** Ends the grant with all its tokens (IR-52). Of concurrent ends one is told `ended`. */
  async end(id: string, clientId: string): Promise<'ended' | 'unknown' | 'of_another_client'> {
    const found = await this.find(id, clientId);
    if (typeof found === 'string') return found;
    const [writes, now, { record }] = [new WriteSet(), this.clock.now(), found];
    const { owner, scopes } = record;
    this.authorizations.end(writes, { id, owner, by: 'client', now });
    const client = `client:${clientId}`;
    const about = { holder: client, clientId, scopes, accessId: `grant:${id}` };
    this.activity.note(writes, { owner, at: now, kind: 'removed', actor: client, ...about });
    return (await this.database.tryCommit(writes)) ? 'ended' : 'unknown';
  }
}
