import { CLIENT_ASSERTION_TYPE_JWT } from '@valetkey/protocol';
import type { FormParameters } from '../domain/form-parameters.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { Reason } from '../domain/reasons.js';

/** What a request brings to say which client it is from. */
export type PresentedCredentials =
  | {
      readonly method: 'client_secret_basic' | 'client_secret_post';
      readonly clientId: string;
      readonly secret: string;
    }
  | { readonly method: 'private_key_jwt'; readonly assertion: string; readonly clientId: string | undefined }
  | { readonly method: 'none'; readonly clientId: string };

/** RFC 6749 section 5.2: with `WWW-Authenticate` when the Authorization header was used. */
export function invalidClient(reason: Reason, usedHeader: boolean): OAuthError {
  return new OAuthError('invalid_client', reason, usedHeader ? { 'www-authenticate': 'Basic realm="valetkey"' } : {});
}

/**
 * Reads the credentials of a request, exactly one method of them (RFC 6749 section 2.3).
 * @throws OAuthError invalid_request for several methods, invalid_client for none or malformed ones
 */
export function readCredentials(authorization: string | undefined, parameters: FormParameters): PresentedCredentials {
  const hasAssertion =
    parameters.get('client_assertion') !== undefined || parameters.get('client_assertion_type') !== undefined;
  const hasSecret = parameters.get('client_secret') !== undefined;
  if (hasAssertion && (authorization !== undefined || hasSecret)) {
    throw invalidClient('several_authentication_methods', authorization !== undefined);
  }
  if (authorization !== undefined && hasSecret) {
    throw new OAuthError('invalid_request', 'several_authentication_methods');
  }
  if (authorization !== undefined) return basic(authorization, parameters.get('client_id'));
  if (hasAssertion) return assertion(parameters);
  return fromBody(parameters);
}

function fromBody(parameters: FormParameters): PresentedCredentials {
  const clientId = parameters.get('client_id');
  if (clientId === undefined) throw invalidClient('credentials_missing', false);
  const secret = parameters.get('client_secret');
  return secret === undefined ? { method: 'none', clientId } : { method: 'client_secret_post', clientId, secret };
}

function assertion(parameters: FormParameters): PresentedCredentials {
  if (parameters.get('client_assertion_type') !== CLIENT_ASSERTION_TYPE_JWT) {
    throw invalidClient('assertion_type_unknown', false);
  }
  const value = parameters.get('client_assertion');
  if (value === undefined) throw invalidClient('assertion_malformed', false);
  return { method: 'private_key_jwt', assertion: value, clientId: parameters.get('client_id') };
}

/** RFC 7617, with both parts form-decoded as RFC 6749 section 2.3.1 asks (CO-12). */
function basic(header: string, bodyClientId: string | undefined): PresentedCredentials {
  const match = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header);
  if (!match || header.length > 4_096) throw invalidClient('credentials_malformed', true);
  const text = Buffer.from(match[1] as string, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || text.includes('\uFFFD')) throw invalidClient('credentials_malformed', true);
  const clientId = formDecode(text.slice(0, colon));
  const secret = formDecode(text.slice(colon + 1));
  if (bodyClientId !== undefined && bodyClientId !== clientId) {
    throw new OAuthError('invalid_request', 'client_id_mismatch');
  }
  return { method: 'client_secret_basic', clientId, secret };
}

function formDecode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidClient('credentials_malformed', true);
  }
}
