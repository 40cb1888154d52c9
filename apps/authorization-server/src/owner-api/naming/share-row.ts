import type { Instant } from '@valetkey/kernel';
import type { AccessOrigin, AccessRow, AccessState } from '@valetkey/owner-contract';
import type { Policy } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from './console-words.js';

/** What a policy gives, as its owner reads it. */
export function shareRowOf(policy: Policy, words: ConsoleWords, now: Instant): AccessRow {
  return {
    id: `share:${policy.id}`,
    version: String(policy.version),
    ...shareTermsOf(policy, words, now),
    holder: words.holder(policy),
    ...(policy.handoverId !== undefined && { handover_id: policy.handoverId }),
  };
}

/** What it gives, but not to whom. */
export function shareTermsOf(
  policy: Policy,
  words: ConsoleWords,
  now: Instant,
): Omit<AccessRow, 'id' | 'version' | 'holder'> {
  const { subject, clientId, notBefore, expiresAt } = policy;
  const [from, until] = [isoText(notBefore), isoText(expiresAt)];
  return {
    origin: originOf(policy),
    state: stateOf(policy, now),
    ...(subject.type !== 'client' && clientId !== null && { through: words.client(clientId) }),
    resources: [words.resource(policy.resourceId)],
    resource_count: 1,
    scopes: words.scopes(policy.scopes),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    given_at: isoText(policy.createdAt) ?? '',
  };
}

function originOf({ requestId, handoverId }: Policy): AccessOrigin {
  if (handoverId !== undefined) return 'handover';
  return requestId === null ? 'share' : 'request';
}

function stateOf({ notBefore, expiresAt }: Policy, now: Instant): AccessState {
  if (expiresAt !== null && now >= expiresAt) return 'ended';
  return notBefore !== null && now < notBefore ? 'starting' : 'active';
}
