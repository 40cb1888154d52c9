import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { OutboundCalls } from '@valetkey/outbound';
import { GRANT_TYPE } from '@valetkey/protocol';
import { RegistrationError } from './registration-error.js';
import type { RegistrationRequest } from './registration-request.schema.js';

const KEY_METHODS = ['private_key_jwt', 'self_signed_tls_client_auth'];

/** What a client had registered, with the names of RFC 7591. */
export type RegisteredBefore = Readonly<Record<string, unknown>>;

/** Groups of clients with common pairwise identifiers (OpenID Connect Dynamic Client Registration section 5). */
@Injectable()
export class SectorIdentifiers {
  constructor(private readonly outbound: OutboundCalls) {}

  /**
   * The host that vouches for all ways on which the client gets answers, or `undefined` when it names none: its redirect URIs,
   * and, as answers to a device go to whoever authenticates, its keys (as OpenID Connect CIBA section 4 has it).
   * @param before - what is registered until now: what the document has vouched for is not asked again
   * @throws RegistrationError invalid_client_metadata when the document cannot be had or misses one
   */
  async of(request: RegistrationRequest, before: RegisteredBefore = {}): Promise<string | undefined> {
    const { sector_identifier_uri: uri, redirect_uris: wanted } = request;
    if (uri === undefined) return undefined;
    if (wasVouchedFor(request, before)) return new URL(uri).hostname;
    const listed = await this.read(uri);
    if (!Array.isArray(listed) || !wanted.every((one) => listed.includes(one)) || !isDeviceVouched(request, listed)) {
      throw new RegistrationError('invalid_client_metadata', 'sector_invalid');
    }
    return new URL(uri).hostname;
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

/** All that the document vouches for but the redirect URIs, of which there may be fewer. */
const OF_ANSWERS = ['sector_identifier_uri', 'grant_types', 'jwks_uri', 'token_endpoint_auth_method'] as const;

function wasVouchedFor(request: RegistrationRequest, before: RegisteredBefore): boolean {
  const { redirect_uris: known } = before;
  if (!Array.isArray(known) || !request.redirect_uris.every((uri) => known.includes(uri))) return false;
  return OF_ANSWERS.every((member) => isDeepStrictEqual(request[member], before[member]));
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
export function hostOfAllAnswers({
  redirect_uris: uris,
  grant_types: grants,
}: Pick<RegistrationRequest, 'redirect_uris' | 'grant_types'>): string | null {
  if (grants.includes(GRANT_TYPE.deviceCode) || !uris.every((uri) => uri.startsWith('https:'))) return null;
  const [host, ...others] = new Set(uris.map((uri) => new URL(uri).hostname));
  return others.length === 0 ? (host ?? null) : null;
}
