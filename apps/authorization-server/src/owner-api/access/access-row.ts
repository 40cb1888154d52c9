import type { LastRefusal } from '@valetkey/activity';
import type { Instant } from '@valetkey/kernel';
import type { AccessOrigin, AccessRow, AccessState } from '@valetkey/owner-contract';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';
import type { AccessEntry } from './access-entry.js';
import { keepsTheData } from './access-entry.js';

/** What an access gives, but not to whom: what its holder may be told, too. */
export type AccessTerms = Omit<AccessRow, 'id' | 'version' | 'holder'>;

/** An access as its owner reads it. @param refusal - what its holder was refused last */
export function accessRow(entry: AccessEntry, words: ConsoleWords, now: Instant, refusal?: LastRefusal): AccessRow {
  const { id, version, holder, share } = entry;
  const used = isoText(entry.lastUsedAt);
  return {
    ...{ id, version: String(version) },
    ...accessTerms(entry, words, now),
    holder: share ? words.subjects.holder(share, share.subjectName ?? undefined) : words.subjects.of(holder),
    ...(used !== undefined && { last_used_at: used }),
    ...(refusal && { last_refused: refusedOf(refusal, words) }),
    ...(share && ofShare(share)),
    ...(keepsTheData(entry) && { keeps_the_data: true as const }),
  };
}

function ofShare({ handoverId, note }: NonNullable<AccessEntry['share']>): Pick<AccessRow, 'handover_id' | 'note'> {
  return { ...(handoverId !== undefined && { handover_id: handoverId }), ...(note !== null && { note }) };
}

export function accessTerms(entry: AccessEntry, words: ConsoleWords, now: Instant): AccessTerms {
  const { holder, clientId, share, scopes } = entry;
  const isSuspended = entry.isSuspended || (clientId !== null && words.subjects.client(clientId).suspended === true);
  const isApart = clientId !== null && holder !== `client:${clientId}`;
  const [from, until] = [isoText(entry.from), isoText(entry.until)];
  return {
    ...{ origin: originOf(entry), state: stateOf({ ...entry, isSuspended }, now) },
    ...(isApart && { through: words.subjects.client(clientId) }),
    resources: share ? [words.resource(share.resourceId, { ...share, name: share.resourceName })] : [],
    resource_count: share ? 1 : 0,
    scopes: words.scopes(scopes),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    given_at: isoText(entry.givenAt) ?? '',
  };
}

function originOf({ share, consent }: AccessEntry): AccessOrigin {
  if (!share) return consent?.origin === 'owner' ? 'operator' : 'consent';
  if (share.handoverId !== undefined) return 'handover';
  if (share.invitationId !== undefined) return 'invitation';
  return share.requestId === null ? 'share' : 'request';
}

function stateOf({ from, until, isSuspended }: AccessEntry, now: Instant): AccessState {
  if (until !== null && now >= until) return 'ended';
  if (isSuspended) return 'suspended';
  return from !== null && from > now ? 'starting' : 'active';
}

function refusedOf({ at, scopes, clientId }: LastRefusal, words: ConsoleWords): NonNullable<AccessRow['last_refused']> {
  return { at: isoText(at) ?? '', scopes: words.scopes(scopes), through: words.subjects.client(clientId) };
}
