import { Inject, Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import type { WriteSet } from '@valetkey/persistence';
import { Database } from '@valetkey/persistence';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { AccessEntry } from './access-entry.js';

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
