import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { isRegisteredRedirectUri } from '@valetkey/clients';
import { encodeTime, isExpired, newId } from '@valetkey/kernel';
import type {
  AuthorizationCode,
  AuthorizationOptions,
  CodeContent,
  Decision,
  FormParameters,
  Granted,
  GrantContext,
  GrantHandler,
  RequestedAccess,
  Target,
} from '@valetkey/oauth';
import {
  AUTHORIZATION_OPTIONS,
  AuthorizationCodes,
  consentedOrder,
  ConsentTokens,
  detailsOfTypes,
  detailsToGive,
  mergedContent,
  narrowClaims,
  overProblem,
  refused,
  TargetResolver,
} from '@valetkey/oauth';
import { claimsOfScopes, GRANT_TYPE } from '@valetkey/protocol';
import type { AuthorizationDetail } from '@valetkey/tokens';
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
    private readonly consentTokens: ConsentTokens,
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
    // An address that was taken away since may be whose answers go to somebody else now.
    if (!isRegisteredRedirectUri(client.metadata, code.content.redirectUri)) {
      return refused('invalid_grant', 'redirect_uri_unregistered', { securityEvent: true });
    }
    const types = client.metadata.authorizationDetailsTypes;
    const content = contentOf(code);
    const grantedDetails = detailsOfTypes(content.authorizationDetails, types);
    const over = overProblem({ ...code, content, details: grantedDetails }, now);
    if (over !== undefined) return refused('invalid_grant', over);
    const details = detailsToGive(request.authorizationDetails, grantedDetails, this.options.authorizationDetailsTypes);
    const held = { granted: content, recordScopes: code.recordScopes, client };
    const { target, granted } = await this.targets.resolveGrant(held, request.resources);
    const familyId = newId(`f${encodeTime(now)}`);
    this.codes.use(writes, code, familyId, now);
    const decision = grant({ code, content, target, granted, details, grantedDetails, familyId }, client);
    // Only for what takes their place: without that, those from before stay good.
    if (content.isMerge && decision.order.refresh) this.consentTokens.endRefresh(writes, code, now);
    return decision;
  }

  /** CO-05: of two who hold the code one is a thief, and nobody can tell which: what was issued for it ends. */
  private refuseReuse({ familyId }: AuthorizationCode, { writes, now }: GrantContext): Decision {
    if (familyId !== null) this.families.revoke(writes, familyId, now);
    return refused('invalid_grant', 'code_used', { securityEvent: true });
  }
}

/** What the code gives: what it was issued for or, where that was added to a grant, all of the grant. */
function contentOf({ content, recordScopes, terms }: AuthorizationCode): CodeContent {
  return content.isMerge && terms ? mergedContent(content, { ...terms, scopes: recordScopes }) : content;
}

interface Exchange {
  readonly code: AuthorizationCode;
  readonly content: CodeContent;
  readonly target: Target;
  readonly granted: RequestedAccess;
  readonly details: readonly AuthorizationDetail[] | undefined;
  readonly grantedDetails: readonly AuthorizationDetail[] | undefined;
  readonly familyId: string;
}

function grant({ code, content, ...exchange }: Exchange, client: Client): Granted {
  const { target, details } = exchange;
  const { authorizationId, authorization } = code;
  const { subject, signIn, isNamedGrant, nonce } = content;
  const claims = content.claims && narrowClaims(content.claims, claimsOfScopes(client.scopes));
  const idToken = { nonce, claims };
  return {
    outcome: 'granted',
    order: consentedOrder({ authorizationId, authorization, subject, signIn, idToken, ...exchange }, client),
    members: {
      scope: target.scopes.join(' '),
      ...(details && { authorization_details: details }),
      ...(isNamedGrant && { grant_id: authorizationId }),
    },
  };
}
