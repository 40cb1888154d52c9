import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import { CONFIG, LOGGER } from '../../http/http-tokens.js';

/** More are not told: somebody makes scopes up faster than anybody reads. */
const MOST_TOLD = 1_000;

/**
 * Resource servers name the scopes of their resources themselves (FedAuthz section 3), so none is refused. One that the
 * settings do not know is told in the log, once for each resource server: it may be a typing error, and people would be shown
 * the bare name.
 */
@Injectable()
export class UnknownScopes {
  private readonly known: ReadonlySet<string>;
  private readonly told = new Set<string>();

  constructor(
    @Inject(CONFIG) { scopes, clients }: Pick<Config, 'scopes' | 'clients'>,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'warn'>,
  ) {
    this.known = new Set([...scopes.map(({ name }) => name), ...clients.flatMap((client) => client.scopes)]);
  }

  /** Call it for what was registered, not for what was refused. */
  notice(resourceServerId: string, resourceId: string, scopes: Iterable<string>): void {
    for (const scope of scopes) {
      if (this.known.has(scope) || this.told.size >= MOST_TOLD) continue;
      const once = `${resourceServerId} ${scope}`;
      if (this.told.has(once)) continue;
      this.told.add(once);
      this.logger.warn(
        { clientId: resourceServerId, resourceId, scope },
        'a resource has a scope that no setting names',
      );
    }
  }
}
