import type { Client } from '@valetkey/clients';
import type { FormParameters } from '@valetkey/oauth';
import { PageError } from '../../pages/http/page-error.js';
import type { ClaimsContent } from './claims-content.js';

const LONGEST_STATE = 512;

/** A request to the claims interaction endpoint (UMA Grant section 3.3.2). */
export interface ClaimsRequest {
  readonly target: Pick<ClaimsContent, 'redirectUri' | 'state'>;
  /** `undefined` where the request is not a good one: the client is told so. */
  readonly ticket: string | undefined;
  /** What the client asks for besides, as at the token endpoint (UMA Grant section 3.3.1). */
  readonly scope: string | undefined;
}

/**
 * Reads what can be answered to the client.
 * @throws PageError when nobody must be sent to the address: it is not one that the client registered for claims (UG-20)
 */
export function readClaimsRequest(parameters: FormParameters, client: Pick<Client, 'metadata'>): ClaimsRequest {
  const redirectUri = redirectUriOf(parameters, client.metadata.claimsRedirectUris);
  const state = parameters.get('state');
  const isTooLong = (state?.length ?? 0) > LONGEST_STATE;
  const isWrong = isTooLong || parameters.repeated.size > 0;
  return {
    target: { redirectUri, ...(state !== undefined && !isTooLong && { state }) },
    ticket: isWrong ? undefined : parameters.get('ticket'),
    scope: parameters.get('scope'),
  };
}

function redirectUriOf(parameters: FormParameters, registered: readonly string[]): string {
  if (parameters.repeated.has('claims_redirect_uri')) throw new PageError('bad_request', 'repeated_parameter');
  const asked = parameters.get('claims_redirect_uri');
  const [only, ...others] = registered;
  const uri = asked ?? (others.length === 0 ? only : undefined);
  if (uri === undefined) throw new PageError('bad_request', 'redirect_uri_missing');
  if (!registered.includes(uri)) throw new PageError('unknown_application', 'redirect_uri_unregistered');
  return uri;
}
