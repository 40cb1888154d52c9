import type { ClientMetadata } from '@valetkey/clients';
import { redirectUriFault, redirectUriProblem } from '@valetkey/clients';
import type { AddressRules } from '@valetkey/outbound';
import type { AddressFault } from './registration-error.js';
import { RegistrationError } from './registration-error.js';
import type { RegistrationRequest } from './registration-request.schema.js';

/** What kind of program it is, when it does not say: one that has no address on the web runs where its person is. */
export function applicationTypeOf({ application_type: said, redirect_uris: uris }: RegistrationRequest) {
  if (said !== undefined) return said;
  return uris.length > 0 && uris.every((uri) => !uri.startsWith('https:')) ? 'native' : 'web';
}

/** Attack classes 2, 6 and 205. @throws RegistrationError invalid_redirect_uri, or invalid_client_metadata for other addresses */
export function checkRedirectUris(request: RegistrationRequest, type: ClientMetadata['applicationType']): void {
  const usesCodes = request.grant_types.includes('authorization_code');
  if (usesCodes && request.redirect_uris.length === 0) {
    throw new RegistrationError(
      'invalid_redirect_uri',
      'redirect_uri_invalid',
      'redirect_uris must have at least one entry',
    );
  }
  for (const member of ['redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris'] as const) {
    request[member]?.forEach((uri, entry) => {
      const kind = faultOf(uri, type);
      if (kind !== undefined) refuse({ member, entry, kind }, WORDS[kind] ?? redirectUriProblem(uri, type));
    });
  }
}

/** What only a registration is refused for: the file is the operator's word. */
const WORDS: Partial<Record<AddressFault['kind'], string>> = {
  wildcard: 'must not have wildcards',
  https_of_web: 'must use https',
};

function faultOf(uri: string, type: ClientMetadata['applicationType']): AddressFault['kind'] | undefined {
  if (uri.includes('*')) return 'wildcard';
  // OpenID Connect Dynamic Client Registration section 2: a web application has a host of its own.
  if (type === 'web' && uri.startsWith('http:')) return 'https_of_web';
  return redirectUriFault(uri, type);
}

function refuse(fault: AddressFault, words = ''): never {
  const detail = `${fault.member}[${fault.entry}] ${words}`;
  if (fault.member === 'redirect_uris') {
    throw new RegistrationError('invalid_redirect_uri', 'redirect_uri_invalid', detail, fault);
  }
  throw new RegistrationError('invalid_client_metadata', 'metadata_invalid', detail, fault);
}

/**
 * Addresses that this server will call or may call are refused where they could never be called (attack classes 194, 195, 198);
 * names are looked up when they are. @throws RegistrationError invalid_client_metadata
 */
export function checkCalledAddresses(request: RegistrationRequest, rules: AddressRules): void {
  for (const member of ['jwks_uri', 'sector_identifier_uri', 'backchannel_logout_uri'] as const) {
    const address = request[member];
    if (address === undefined || mayBeCalled(new URL(address), rules)) continue;
    const detail = `${member} must be a public https address`;
    throw new RegistrationError('invalid_client_metadata', 'metadata_invalid', detail);
  }
}

function mayBeCalled({ protocol, hostname }: URL, rules: AddressRules): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isHere = host === 'localhost' || host.endsWith('.localhost');
  const isLiteral = /^[\d.]+$/.test(host) || host.includes(':');
  if (!isHere && !isLiteral) return protocol === 'https:';
  return rules.isCallable(isHere ? '127.0.0.1' : host);
}
