import { Injectable } from '@nestjs/common';
import { AuthorizationService } from '@valetkey/authorizations';
import type { Decision, FormParameters, GrantContext, GrantHandler } from '@valetkey/oauth';
import { refused, refuseDetails, TargetResolver } from '@valetkey/oauth';
import { GRANT_TYPE, IDENTITY_SCOPES } from '@valetkey/protocol';

interface ClientCredentialsRequest {
  readonly scope: string | undefined;
  readonly resources: readonly string[];
}

/** A client acts for itself (RFC 6749 section 4.4). Its standing authorization is the record; no refresh token. */
@Injectable()
export class ClientCredentialsGrant implements GrantHandler<ClientCredentialsRequest> {
  readonly grantType = GRANT_TYPE.clientCredentials;

  constructor(
    private readonly authorizations: AuthorizationService,
    private readonly targets: TargetResolver,
  ) {}

  parse(parameters: FormParameters): ClientCredentialsRequest {
    refuseDetails(parameters);
    return { scope: parameters.get('scope'), resources: parameters.resources };
  }

  async authorize(request: ClientCredentialsRequest, { client }: GrantContext): Promise<Decision> {
    // RFC 6749 section 4.4: confidential clients only, whatever a registration says.
    if (client.type !== 'confidential') return refused('unauthorized_client', 'grant_type_not_allowed');
    const target = await this.targets.resolve(client, request.scope, request.resources);
    // There is no person whom they could be about (OpenID Connect Core section 5.4).
    if (target.scopes.some((scope) => IDENTITY_SCOPES.includes(scope))) {
      return refused('invalid_scope', 'scope_of_person');
    }
    const authorizationId = await this.authorizations.standingOf(client.id);
    return {
      outcome: 'granted',
      order: {
        kind: 'at',
        content: { ...target, authorizationId, clientId: client.id, subject: null, permissions: null },
        format: client.accessTokenFormat,
        familyId: null,
        generation: 0,
        notAfter: null,
        refresh: null,
      },
      ...(request.scope === undefined && { members: { scope: target.scopes.join(' ') } }),
    };
  }
}
