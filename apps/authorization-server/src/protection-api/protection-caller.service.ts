import { Injectable } from '@nestjs/common';
import { SERVER_SCOPE } from '@valetkey/protocol';
import type { ProtectionCaller } from '@valetkey/uma';
import { ClientRegistry } from '@valetkey/clients';
import type { TokenPresentation } from '../http/bearer-authentication.service.js';
import { BearerAuthentication } from '../http/bearer-authentication.service.js';
import { insufficientScope } from '../http/challenge.js';

/** Who calls the protection API: a resource server with a PAT of an owner (FedAuthz section 1.3). */
@Injectable()
export class ProtectionCallers {
  constructor(
    private readonly bearer: BearerAuthentication,
    private readonly clients: ClientRegistry,
  ) {}

  /** @throws OAuthError 401 invalid_token, 403 insufficient_scope (UF-05, UF-06) */
  async authenticate(presented: TokenPresentation): Promise<ProtectionCaller> {
    const token = await this.bearer.authenticate(presented, SERVER_SCOPE.protection);
    // A resource server that was disabled protects nothing any more.
    if (!(await this.clients.resourceServer(token.clientId))) throw insufficientScope(token, SERVER_SCOPE.protection);
    return { owner: token.owner, resourceServerId: token.clientId };
  }
}
