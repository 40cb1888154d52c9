import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { TokenOptions } from '@valetkey/tokens';
import type { Target } from './domain/target.js';
import { resolveTarget } from './domain/target.js';

/** Scopes and audience of a request against what is registered now. */
@Injectable()
export class TargetResolver {
  constructor(
    private readonly registry: ClientRegistry,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** @throws OAuthError invalid_scope or invalid_target */
  async resolve(client: Client, scope: string | undefined, resources: readonly string[]): Promise<Target> {
    const servers = await this.registry.resourceServers();
    return resolveTarget(client, scope, resources, { issuer: this.options.issuer, servers });
  }
}
