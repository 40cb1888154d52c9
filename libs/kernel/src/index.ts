export { Clock, isExpired, SystemClock, toNumericDate } from './clock.js';
export type { Duration, Instant } from './clock.js';
export { matchesSha256, sha256 } from './digest.js';
export { ExpiringCache } from './expiring-cache.js';
export { isOpaqueValue, issueOpaqueValue, newId, opaqueKindOf } from './opaque-value.js';
export type { OpaqueKind } from './opaque-value.js';
export { toPage } from './page.js';
export type { Page, PageRequest } from './page.js';
export { intersect, isSubset, parseSpaceList, unite } from './scopes.js';
