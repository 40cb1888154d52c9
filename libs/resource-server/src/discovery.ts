import { AuthorizationServerError } from './errors.js';
import { type JsonObject, optionalText, textMember } from './json.js';

/** What a resource server needs to know of its authorization server. All are absolute URLs. */
export interface ServerMetadata {
  issuer: string;
  tokenEndpoint: string;
  resourceRegistrationEndpoint: string;
  permissionEndpoint: string;
  introspectionEndpoint: string;
}

/** Where the UMA metadata of an issuer is: appended after any path of the issuer (UMA 2.0 Grant section 2, UG-01). */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/uma2-configuration`;
}

/**
 * Reads the metadata that was fetched for `issuer`. Throws `wrong_issuer` unless its issuer is the same byte for byte
 * (RFC 8414 section 3.3), and `bad_answer` if an endpoint is missing or would send a token over a line without TLS.
 */
export function parseMetadata(issuer: string, body: JsonObject): ServerMetadata {
  if (optionalText(body, 'issuer') !== issuer) {
    throw new AuthorizationServerError('wrong_issuer', `The metadata found for ${issuer} is of another issuer`);
  }
  return {
    issuer,
    tokenEndpoint: endpoint(body, 'token_endpoint'),
    resourceRegistrationEndpoint: endpoint(body, 'resource_registration_endpoint'),
    permissionEndpoint: endpoint(body, 'permission_endpoint'),
    introspectionEndpoint: endpoint(body, 'introspection_endpoint'),
  };
}

/** True for https, and for http to this machine itself. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOSTS.has(hostname));
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

function endpoint(body: JsonObject, name: string): string {
  const url = textMember(body, name);
  if (isSafeUrl(url)) return url;
  throw new AuthorizationServerError('bad_answer', `The metadata member "${name}" is no https URL`);
}
