import type { Duration, Instant } from '@valetkey/kernel';
import { isExpired } from '@valetkey/kernel';
import type { RefreshToken } from './token.js';

/**
 * What presenting a refresh token means (OAuth 2.1 section 4.3.1, RFC 9700 section 4.14.2):
 * - `rotate`: first use;
 * - `answer_again`: the same token once more within the grace time, while its successor was never used: the first answer
 *   was probably lost. The unused successor is replaced, so there is never more than one living token of a family;
 * - `wait`: a third presentation within the grace time gets nothing, and harms nothing;
 * - `reuse`: it was used before, or given up for lost, so somebody has a copy: the family ends;
 * - `dead`: expired or revoked.
 */
export type RefreshUse = 'rotate' | 'answer_again' | 'wait' | 'reuse' | 'dead';

/** @param successorUsed - whether the token that replaced this one has itself been used */
export function assessRefreshUse(
  token: Pick<RefreshToken, 'usedAt' | 'retriedAt' | 'replacedAt' | 'isRevoked' | 'expiresAt'>,
  successorUsed: boolean,
  grace: Duration,
  now: Instant,
): RefreshUse {
  if (token.isRevoked || isExpired(token.expiresAt, now)) return 'dead';
  // Nobody holds a token whose answer was lost. Who presents one shows that it was not: somebody else asked again.
  if (token.replacedAt !== null) return 'reuse';
  if (token.usedAt === null) return 'rotate';
  const withinGrace = now < token.usedAt + grace;
  if (successorUsed || !withinGrace) return 'reuse';
  return token.retriedAt === null ? 'answer_again' : 'wait';
}
