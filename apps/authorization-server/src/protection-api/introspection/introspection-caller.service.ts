import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { ResourceServer } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import type { AuthenticationRequest } from '@valetkey/oauth';
import { ClientAuthenticator, OAuthError } from '@valetkey/oauth';
import { SERVER_SCOPE } from '@valetkey/protocol';
import type { TokenPresentation } from '../../http/bearer-authentication.service.js';
import { BearerAuthentication } from '../../http/bearer-authentication.service.js';

/** Who asks about a token: a client (perhaps a resource server), or a resource server with an owner's PAT. */
export type IntrospectionCaller =
  | { readonly kind: 'pat'; readonly clientId: string; readonly owner: OwnerId }
  | { readonly kind: 'client'; readonly clientId: string; readonly server: ResourceServer | undefined };

/** Nobody introspects anonymously (IR-02). */
@Injectable()
export class IntrospectionCallers {
  constructor(
    private readonly clients: ClientAuthenticator,
    private readonly registry: ClientRegistry,
    private readonly bearer: BearerAuthentication,
  ) {}

  /** @throws OAuthError 401 invalid_client or invalid_token, 403 insufficient_scope */
  async authenticate(request: AuthenticationRequest): Promise<IntrospectionCaller> {
    return isToken(request.authorization) ? this.byToken(request) : this.byClient(request);
  }

  private async byToken(presented: TokenPresentation): Promise<IntrospectionCaller> {
    const token = await this.bearer.authenticate(presented, SERVER_SCOPE.protection, SERVER_SCOPE.introspect);
    const server = await this.registry.resourceServer(token.clientId);
    if (token.scopes.includes(SERVER_SCOPE.protection)) {
      if (!server) throw new OAuthError('insufficient_scope', 'scope_not_allowed');
      return { kind: 'pat', clientId: token.clientId, owner: token.owner };
    }
    return { kind: 'client', clientId: token.clientId, server };
  }

  private async byClient(request: AuthenticationRequest): Promise<IntrospectionCaller> {
    const client = await this.clients.authenticate(request);
    // A public client's word about who it is is worth nothing here.
    if (client.type === 'public') throw new OAuthError('invalid_client', 'method_mismatch');
    return { kind: 'client', clientId: client.id, server: await this.registry.resourceServer(client.id) };
  }
}

function isToken(header: string | undefined): boolean {
  return header !== undefined && /^(bearer|dpop) /i.test(header);
}
