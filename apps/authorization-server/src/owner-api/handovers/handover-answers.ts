import type { Instant } from '@valetkey/kernel';
import type { HandoverPreview, HandoverView } from '@valetkey/owner-contract';
import type { OwnerId } from '@valetkey/authorizations';
import type { Handover } from '@valetkey/uma';
import { handoverState } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';
import { entryOfPolicy } from '../access/access-entry.js';
import { accessTerms } from '../access/access-row.js';
import type { HandoverPlan } from './handover-plans.service.js';

export function handoverView(handover: Handover, words: ConsoleWords, now: Instant): HandoverView {
  const from = isoText(handover.notBefore);
  return {
    id: handover.id,
    subject: words.subjects.account(handover.accountId),
    resource_count: handover.resources,
    allow: handover.allow,
    until: isoText(handover.expiresAt) ?? '',
    state: handoverState(handover, now),
    ...(from !== undefined && { from }),
    ...(handover.note !== null && { note: handover.note }),
  };
}

/** @param away - when the substitute herself is away, in that time */
export function handoverPreview(
  owner: OwnerId,
  { draft, leftOut, words }: HandoverPlan,
  away: Handover | undefined,
  now: Instant,
): HandoverPreview {
  const { accountId, notBefore, expiresAt } = draft;
  const common = {
    ...{ id: '', owner, version: 1, requestId: null, createdAt: now, updatedAt: now },
    ...{ subject: { type: 'account', accountId } as const, clientId: null, notBefore, expiresAt },
    ...{ maxClaimsAge: null, minAcr: null, maxAuthAge: null },
  };
  return {
    grants: draft.given.map((one) => ({
      ...accessTerms(entryOfPolicy({ ...common, ...one }), words, now),
      holder: words.subjects.account(accountId),
      origin: 'handover' as const,
    })),
    left_out: leftOut.map((id) => ({ resource: words.resource(id), why: 'nothing_to_give' })),
    ...(away && {
      away: { from: isoText(away.notBefore ?? away.createdAt) ?? '', until: isoText(away.expiresAt) ?? '' },
    }),
  };
}
