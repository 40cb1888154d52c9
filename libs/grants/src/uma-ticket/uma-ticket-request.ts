import type { FormParameters } from '@valetkey/oauth';
import { OAuthError, parseScopes, refuseDetails } from '@valetkey/oauth';

/** Parameters of the grant (UMA Grant section 3.3.1). */
export interface UmaTicketRequest {
  readonly ticket: string;
  readonly claimToken: { readonly value: string; readonly format: string } | undefined;
  readonly pct: string | undefined;
  readonly rpt: string | undefined;
  /** Requested scopes; empty when none are. */
  readonly scopes: readonly string[];
  /** What the client says it is for. */
  readonly why: string | undefined;
}

/** A parameter of our own, and named so (RFC 6749 section 8.2). */
const WHY = 'valetkey_reason';

/** @throws OAuthError invalid_request, invalid_scope for a malformed scope, invalid_authorization_details for any */
export function parseUmaTicketRequest(parameters: FormParameters): UmaTicketRequest {
  const ticket = parameters.require('ticket');
  // The ticket fixes the resources already; a resource indicator could only contradict it.
  if (parameters.resources.length > 0) throw new OAuthError('invalid_request', 'parameter_not_allowed');
  refuseDetails(parameters);
  const value = parameters.get('claim_token');
  const format = parameters.get('claim_token_format');
  if ((value === undefined) !== (format === undefined)) {
    throw new OAuthError('invalid_request', 'claim_token_pair_incomplete');
  }
  const scope = parameters.get('scope');
  return {
    ticket,
    claimToken: value === undefined || format === undefined ? undefined : { value, format },
    pct: parameters.get('pct'),
    rpt: parameters.get('rpt'),
    scopes: scope === undefined ? [] : parseScopes(scope),
    why: parameters.get(WHY),
  };
}
