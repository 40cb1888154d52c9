import { Injectable } from '@nestjs/common';
import type { LastRefusal } from '@valetkey/activity';
import { LastRefusalStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { AccessOrigin, AccessRow, AccessState } from '@valetkey/owner-contract';
import { isoText } from '../iso-text.js';
import type { Languages } from '../owner-names.service.js';
import type { AccessEntry } from './access-entry.js';
import type { Mentions, Words } from './access-words.service.js';
import { AccessWords } from './access-words.service.js';

/** Turns access into what its owner reads. */
@Injectable()
export class AccessRows {
  constructor(
    private readonly words: AccessWords,
    private readonly refusals: LastRefusalStore,
    private readonly clock: Clock,
  ) {}

  async of(owner: OwnerId, entries: readonly AccessEntry[], languages: Languages): Promise<AccessRow[]> {
    if (entries.length === 0) return [];
    const refusals = await this.refusals.ofOwner(owner);
    const told = entries.map((entry) => ({ entry, refusal: lastRefusal(entry, refusals) }));
    const words = await this.words.of(mentionsOf(told), languages);
    const now = this.clock.now();
    return told.map((one) => toRow(one, words, now));
  }
}

interface Told {
  readonly entry: AccessEntry;
  readonly refusal: LastRefusal | undefined;
}

/** What the holder was refused last on the same thing, through the same application where there is just one. */
function lastRefusal(
  { holder, clientId, share }: AccessEntry,
  refusals: readonly LastRefusal[],
): LastRefusal | undefined {
  if (!share) return undefined;
  const own = refusals.filter(
    (one) =>
      one.holder === holder && one.resourceId === share.resourceId && (clientId === null || one.clientId === clientId),
  );
  return own.reduce<LastRefusal | undefined>((last, one) => (last && last.at >= one.at ? last : one), undefined);
}

export function mentionsOf(told: readonly { entry: AccessEntry; refusal?: LastRefusal | undefined }[]): Mentions {
  const throughs = told.flatMap(({ entry, refusal }) => [entry.clientId, refusal?.clientId]);
  const shares = told.flatMap(({ entry }) => (entry.share ? [entry.share] : []));
  return {
    subjects: [
      ...throughs.flatMap((id) => (id === null || id === undefined ? [] : [{ handle: `client:${id}` }])),
      ...told.map(({ entry: { holder, share } }) => ({
        handle: holder,
        ...(share && { name: share.subjectName ?? undefined, subject: share.subject }),
      })),
    ],
    resources: shares.map(({ resourceId, resourceName, resourceServerId }) => ({
      id: resourceId,
      name: resourceName ?? undefined,
      serverId: resourceServerId ?? undefined,
    })),
    scopes: told.flatMap(({ entry, refusal }) => [...entry.scopes, ...(refusal?.scopes ?? [])]),
  };
}

function toRow({ entry, refusal }: Told, words: Words, now: Instant): AccessRow {
  const { id, version, holder, clientId, share, scopes } = entry;
  const isApart = clientId !== null && holder !== `client:${clientId}`;
  return {
    ...{ id, version: String(version), origin: originOf(entry), state: stateOf(entry, now) },
    holder: words.subject(holder),
    ...(isApart && { through: words.subject(`client:${clientId}`) }),
    resources: share ? [words.resource(share.resourceId)] : [],
    resource_count: share ? 1 : 0,
    scopes: scopes.map((scope) => words.scope(scope)),
    ...times(entry),
    ...(refusal && { last_refused: refusedOf(refusal, words) }),
    ...(share?.note !== null && share?.note !== undefined && { note: share.note }),
  };
}

function originOf({ share }: AccessEntry): AccessOrigin {
  if (!share) return 'consent';
  return share.requestId === null ? 'share' : 'request';
}

function stateOf({ from, isSuspended }: AccessEntry, now: Instant): AccessState {
  if (isSuspended) return 'suspended';
  return from !== null && from > now ? 'starting' : 'active';
}

function times({ from, until, givenAt, lastUsedAt }: AccessEntry) {
  const [start, end, used] = [isoText(from), isoText(until), isoText(lastUsedAt)];
  return {
    given_at: isoText(givenAt) ?? '',
    ...(start !== undefined && { from: start }),
    ...(end !== undefined && { until: end }),
    ...(used !== undefined && { last_used_at: used }),
  };
}

function refusedOf({ at, scopes, clientId }: LastRefusal, words: Words): NonNullable<AccessRow['last_refused']> {
  return {
    at: isoText(at) ?? '',
    scopes: scopes.map((scope) => words.scope(scope)),
    through: words.subject(`client:${clientId}`),
  };
}
