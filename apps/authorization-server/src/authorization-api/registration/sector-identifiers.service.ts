import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { OutboundCalls } from '@valetkey/outbound';
import { GRANT_TYPE } from '@valetkey/protocol';
import { RegistrationError } from './registration-error.js';
import type { RegistrationRequest } from './registration-request.schema.js';

const KEY_METHODS = ['private_key_jwt', 'self_signed_tls_client_auth'];

/** What a client had registered. */
export interface RegisteredBefore {
  /** With the names of RFC 7591. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly sector: string | null;
}

/** Groups of clients with common pairwise identifiers (OpenID Connect Dynamic Client Registration section 5). */
@Injectable()
export class SectorIdentifiers {
  constructor(private readonly outbound: OutboundCalls) {}

  /**
   * The host that vouches for all ways on which the client hears of people, or `undefined` when it names none: its redirect URIs,
   * its logout address, as logout tokens name them, and, as answers to a device go to whoever authenticates, its keys (as OpenID
   * Connect CIBA section 4 has it). A client has that host from the beginning: what it was given before would name people by it.
   * @param before - what is registered until now: what the document has vouched for is not asked again
   * @throws RegistrationError invalid_client_metadata when the document cannot be had or misses one, or is at another host than before
   */
  async of(request: RegistrationRequest, before?: RegisteredBefore): Promise<string | undefined> {
    const { sector_identifier_uri: uri } = request;
    if (uri === undefined) return undefined;
    const { hostname } = new URL(uri);
    if (before !== undefined && before.sector !== hostname) refuse('sector_changed');
    if (before !== undefined && wasVouchedFor(request, before)) return hostname;
    const listed = await this.read(uri);
    if (!Array.isArray(listed) || !areListed(request, listed) || !isDeviceVouched(request, listed)) {
      refuse('sector_invalid');
    }
    return hostname;
  }

  /** Why it could not be had is not told: nobody learns by it what answers inside. */
  private async read(uri: string): Promise<unknown> {
    try {
      const { status, body } = await this.outbound.call(uri, {
        method: 'GET',
        headers: { accept: 'application/json' },
      });
      return status === 200 ? (JSON.parse(body) as unknown) : undefined;
    } catch {
      return undefined;
    }
  }
}

function refuse(reason: 'sector_invalid' | 'sector_changed'): never {
  throw new RegistrationError('invalid_client_metadata', reason);
}

/** All that the document vouches for but addresses, of which there may be fewer. */
const OF_ANSWERS = ['sector_identifier_uri', 'grant_types', 'jwks_uri', 'token_endpoint_auth_method'] as const;

function wasVouchedFor(request: RegistrationRequest, { metadata: before }: RegisteredBefore): boolean {
  const { redirect_uris: known, backchannel_logout_uri: logout } = before;
  if (!Array.isArray(known) || !areListed(request, [...(known as unknown[]), logout])) return false;
  return OF_ANSWERS.every((member) => isDeepStrictEqual(request[member], before[member]));
}

type Addresses = Pick<RegistrationRequest, 'redirect_uris' | 'backchannel_logout_uri'>;

/** Where a client hears who somebody is. */
function addressesOf({ redirect_uris: uris, backchannel_logout_uri: logout }: Addresses): string[] {
  return logout === undefined ? uris : [...uris, logout];
}

function areListed(request: Addresses, listed: readonly unknown[]): boolean {
  return addressesOf(request).every((one) => listed.includes(one));
}

function isDeviceVouched(
  { grant_types: grants, jwks_uri: keys, token_endpoint_auth_method: method }: RegistrationRequest,
  listed: readonly unknown[],
): boolean {
  return !grants.includes(GRANT_TYPE.deviceCode) || (KEY_METHODS.includes(method) && listed.includes(keys));
}

/**
 * The one host that gets all answers to the client, or `null`: then its identifiers are its own. A host that a stranger merely
 * names beside another way would give away the identifiers of that host's clients (attack class 213).
 */
export function hostOfAllAnswers(request: Addresses & Pick<RegistrationRequest, 'grant_types'>): string | null {
  const { redirect_uris: uris, grant_types: grants } = request;
  const addresses = addressesOf(request);
  if (grants.includes(GRANT_TYPE.deviceCode) || !addresses.every((uri) => uri.startsWith('https:'))) return null;
  const [host, ...others] = new Set(addresses.map((uri) => new URL(uri).hostname));
  return uris.length === 0 || others.length > 0 ? null : (host ?? null);
}

/**
 * The same of a client that had registered before: a host that it had not is none, for it still holds what it was given before,
 * and would learn by that how the host's clients know somebody.
 */
export function hostStillOfAllAnswers(
  request: Addresses & Pick<RegistrationRequest, 'grant_types'>,
  before: Pick<RegisteredBefore, 'sector'> | undefined,
): string | null {
  const host = hostOfAllAnswers(request);
  return before === undefined || before.sector === host ? host : null;
}
