import { Injectable } from '@nestjs/common';
import { Clock, ExpiringCache, newId } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { OwnerId } from './domain/authorization.js';
import { rootAuthorization } from './domain/authorization.js';
import { AuthorizationStore } from './persistence/authorization.store.js';

const REMEMBERED = 500;
const CAPACITY = 10_000;

/** Makes authorization records where no grant does it. */
@Injectable()
export class AuthorizationService {
  private readonly standing = new ExpiringCache<string>(REMEMBERED, CAPACITY);

  constructor(
    private readonly store: AuthorizationStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The record under which a client acts for itself (client credentials), made at first use.
   * @returns its id; concurrent calls agree on one
   */
  async standingOf(clientId: string): Promise<string> {
    const now = this.clock.now();
    const known = this.standing.get(clientId, now);
    if (known) return known;
    const id = await this.findOrMakeStanding(clientId);
    this.standing.set(clientId, id, now);
    return id;
  }

  private async findOrMakeStanding(clientId: string): Promise<string> {
    const partyKey = `client:${clientId}`;
    const present = await this.store.findOpen(partyKey);
    if (present) return present.id;
    const id = newId('g');
    const owner: OwnerId = `client:${clientId}`;
    const writes = new WriteSet();
    this.store.insert(writes, rootAuthorization({ id, origin: 'client', owner, clientId, partyKey }, this.clock.now()));
    // Lost the race: the other one's record is there now.
    return (await this.database.tryCommit(writes)) ? id : this.findOrMakeStanding(clientId);
  }
}
