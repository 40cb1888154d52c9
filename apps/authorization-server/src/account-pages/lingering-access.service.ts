import { Inject, Injectable } from '@nestjs/common';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';

/** What goes on after an authorization was ended: tokens that are read without asking here live out their time. */
@Injectable()
export class LingeringAccess {
  constructor(
    private readonly clients: ClientRegistry,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /**
   * Until when at most, if it is ended now; `undefined` where all of it ends at once: clients with opaque tokens, and RPTs, which
   * are always asked for here.
   */
  async until({ clientId, origin }: AuthorizationRecord, now: Instant): Promise<Instant | undefined> {
    if (origin === 'uma') return undefined;
    const client = await this.clients.find(clientId);
    return client?.accessTokenFormat === 'jwt' ? now + this.options.accessTokenLifetime : undefined;
  }
}
