import { Inject, Injectable } from '@nestjs/common';
import { isLive } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { encodeTime, isExpired, newId } from '@valetkey/kernel';
import type {
  AuthorizationCode,
  AuthorizationOptions,
  Decision,
  FormParameters,
  GrantContext,
  GrantHandler,
  Target,
} from '@valetkey/oauth';
import {
  AUTHORIZATION_OPTIONS,
  AuthorizationCodes,
  detailsFor,
  isWithinDetails,
  OAuthError,
  parseAuthorizationDetails,
  refused,
  TargetResolver,
} from '@valetkey/oauth';
import { GRANT_TYPE, IDENTITY_SCOPE } from '@valetkey/protocol';
import type { AuthorizationDetail, IdTokenOrder, TokenContent } from '@valetkey/tokens';
import { TokenFamilyStore } from '@valetkey/tokens';
import type { PresentedCode } from './code-binding.js';
import { bindingProblem } from './code-binding.js';

interface AuthorizationCodeRequest extends PresentedCode {
  readonly code: string;
  readonly resources: readonly string[];
  /** As it was sent; absent: what was granted. */
  readonly authorizationDetails: string | undefined;
}

/** A person let the client act for her, and her browser brought it a code (RFC 6749 section 4.1.3). */
@Injectable()
export class AuthorizationCodeGrant implements GrantHandler<AuthorizationCodeRequest> {
  readonly grantType = GRANT_TYPE.authorizationCode;

  constructor(
    private readonly codes: AuthorizationCodes,
    private readonly targets: TargetResolver,
    private readonly families: TokenFamilyStore,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {}

  parse(parameters: FormParameters): AuthorizationCodeRequest {
    return {
      code: parameters.require('code'),
      redirectUri: parameters.get('redirect_uri'),
      verifier: parameters.get('code_verifier'),
      resources: parameters.resources,
      authorizationDetails: parameters.get('authorization_details'),
    };
  }

  async authorize(request: AuthorizationCodeRequest, context: GrantContext): Promise<Decision> {
    const { client, now, writes, confirmation } = context;
    const code = await this.codes.find(request.code);
    if (!code) return refused('invalid_grant', 'code_unknown');
    // Whoever it is, she cannot use up or end what is another client's.
    if (code.clientId !== client.id) return refused('invalid_grant', 'code_of_another_client', { securityEvent: true });
    if (code.usedAt !== null) return this.refuseReuse(code, context);
    if (isExpired(code.validUntil, now)) return refused('invalid_grant', 'code_expired');
    const problem = bindingProblem(code, request, confirmation);
    if (problem !== undefined) return refused('invalid_grant', problem, { securityEvent: true });
    if (!isLive(code.authorization, now)) return refused('invalid_grant', 'authorization_ended');
    const details = this.detailsOf(request, code);
    const target = await this.targets.resolveGrant(code.content, request.resources);
    const familyId = newId(`f${encodeTime(now)}`);
    this.codes.use(writes, code, familyId, now);
    return grant({ code, target, details, familyId }, client);
  }

  /** CO-05: of two who hold the code one is a thief, and nobody can tell which: what was issued for it ends. */
  private refuseReuse({ familyId }: AuthorizationCode, { writes, now }: GrantContext): Decision {
    if (familyId !== null) this.families.revoke(writes, familyId, now);
    return refused('invalid_grant', 'code_used', { securityEvent: true });
  }

  /** RA-04: what was granted, or less. */
  private detailsOf(
    { authorizationDetails: text }: AuthorizationCodeRequest,
    { content }: AuthorizationCode,
  ): readonly AuthorizationDetail[] | undefined {
    const { authorizationDetails: granted } = content;
    if (text === undefined) return granted;
    const asked = parseAuthorizationDetails(text, this.options.authorizationDetailsTypes);
    if (isWithinDetails(asked, granted ?? [])) return asked;
    throw new OAuthError('invalid_authorization_details', 'details_wider_than_granted');
  }
}

interface Exchange {
  readonly code: AuthorizationCode;
  readonly target: Target;
  readonly details: readonly AuthorizationDetail[] | undefined;
  readonly familyId: string;
}

function grant({ code, target, details, familyId }: Exchange, client: Client): Decision {
  const { authorizationId, content, authorization } = code;
  const { subject, signIn, isNamedGrant } = content;
  const token: TokenContent = {
    ...target,
    authorizationId,
    clientId: client.id,
    subject,
    signIn,
    permissions: null,
    ...detailsOf(details, target),
  };
  return {
    outcome: 'granted',
    order: {
      kind: 'at',
      content: token,
      format: client.accessTokenFormat,
      familyId,
      notAfter: authorization.expiresAt,
      refresh: mayRefresh(client, target) ? { replaces: null, content: withoutSession(token) } : null,
      ...idTokenOf(code, target),
    },
    members: {
      scope: target.scopes.join(' '),
      ...(details && { authorization_details: details }),
      ...(isNamedGrant && { grant_id: authorizationId }),
    },
  };
}

/** RA-05: a resource server learns what concerns it. */
function detailsOf(details: readonly AuthorizationDetail[] = [], { audience }: Target): Partial<TokenContent> {
  const concerned = detailsFor(details, audience);
  return concerned.length > 0 ? { authorizationDetails: concerned } : {};
}

/** OpenID Connect Core section 11: access while she is away is asked for, and consented to, by `offline_access`. */
function mayRefresh(client: Client, { scopes }: Target): boolean {
  return client.grantTypes.includes(GRANT_TYPE.refreshToken) && scopes.includes(IDENTITY_SCOPE.offlineAccess);
}

/** A refresh token outlives the session it came from. */
function withoutSession(content: TokenContent): TokenContent {
  if (!content.signIn) return content;
  const { authTime, acr, amr } = content.signIn;
  return { ...content, signIn: { authTime, acr, amr } };
}

function idTokenOf({ content }: AuthorizationCode, { scopes }: Target): { idToken?: IdTokenOrder } {
  if (!scopes.includes(IDENTITY_SCOPE.openid)) return {};
  const { nonce, claims } = content;
  return { idToken: { nonce, claims } };
}
