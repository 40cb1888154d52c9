import type { Client } from '@valetkey/clients';

/** True for a client whose access tokens are always bound to a DPoP key (RFC 9449 section 5.2). */
export function isDpopBound({ metadata }: Client): boolean {
  return metadata.dpopBoundAccessTokens;
}
