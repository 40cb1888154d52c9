import { createHash } from 'node:crypto';

import { CALLBACK } from './world.js';

export const VERIFIER = 'willow-verifier-0123456789-abcdefghijklmnop-XYZ';

/** A good authorization request of one of the shops, with changes; `undefined` leaves a parameter out. */
export function authorizationRequest(
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const request = {
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid photos.read',
    state: 'st',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  return Object.fromEntries(Object.entries(request).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
