import type { Instant } from '@valetkey/kernel';
import type { EndReason, SharedWithMeRow } from '@valetkey/owner-contract';
import type { Policy, RemovedAccess, RemovedShare, Resource } from '@valetkey/uma';
import { entryOfPolicy } from '../access/access-entry.js';
import { accessTerms } from '../access/access-row.js';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';
import { linkOf } from '../resources/resource-link.js';

/** A share that ended. */
export type EndedShare = RemovedAccess & { readonly terms: RemovedShare };

/** What may be told to whoever held it: in which way an owner ended it, or why, is hers. */
const TOLD_TO_HOLDER: Readonly<Record<EndReason, SharedWithMeRow['ended_by']>> = {
  owner: 'owner',
  stopped: 'owner',
  handover_over: 'owner',
  expired: 'expired',
  resource_removed: 'resource_removed',
  holder: 'holder',
  operator: undefined,
};

interface ReceivedShare {
  readonly resource: Resource | undefined;
  /** When the owner ended what came of it; absent: she did not. */
  readonly endedAt: Instant | undefined;
  /** In whose days its end was chosen. */
  readonly zone: string | undefined;
}

/** A share as its holder reads it. */
export function receivedRow(
  policy: Policy,
  { resource, endedAt, zone }: ReceivedShare,
  words: ConsoleWords,
  now: Instant,
): SharedWithMeRow {
  const terms = accessTerms(entryOfPolicy(policy), words, now);
  const link = resource && linkOf(resource);
  const row = {
    ...identityOf(policy, words),
    ...terms,
    ...(link !== undefined && { link }),
    ...(zone !== undefined && { time_zone: zone }),
  };
  if (endedAt !== undefined)
    return { ...row, state: 'ended', ended_at: isoText(endedAt) ?? '', ended_by: 'owner' as const };
  if (row.state !== 'ended' || row.until === undefined) return row;
  return { ...row, ended_at: row.until, ended_by: 'expired' as const };
}

/** A share that ended, as it was: how its resource is called now is for those who hold it. */
export function endedRow({ terms, endedAt, endedBy }: EndedShare, words: ConsoleWords, now: Instant): SharedWithMeRow {
  const { policy, resourceName, resourceServerId } = terms;
  const by = TOLD_TO_HOLDER[endedBy];
  return {
    ...identityOf(policy, words),
    ...accessTerms(entryOfPolicy(policy), words, now),
    resources: [
      {
        id: policy.resourceId,
        name: resourceName ?? policy.resourceId,
        service: words.service(resourceServerId ?? ''),
      },
    ],
    state: 'ended',
    ended_at: isoText(endedAt) ?? '',
    ...(by !== undefined && { ended_by: by }),
  };
}

function identityOf({ id, version, owner }: Policy, words: ConsoleWords) {
  return { id: `share:${id}`, version: String(version), owner: words.subjects.owner(owner) };
}
