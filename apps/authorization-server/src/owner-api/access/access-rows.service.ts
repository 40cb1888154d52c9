import { Injectable } from '@nestjs/common';
import type { LastRefusal } from '@valetkey/activity';
import { LastRefusalStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { AccessRow } from '@valetkey/owner-contract';
import type { Spoken } from '../naming/console-names.service.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import type { Languages } from '../owner-names.service.js';
import type { AccessEntry } from './access-entry.js';
import { accessRow } from './access-row.js';

/** Turns access into what its owner reads. */
@Injectable()
export class AccessRows {
  constructor(
    private readonly names: ConsoleNames,
    private readonly refusals: LastRefusalStore,
    private readonly clock: Clock,
  ) {}

  async of(owner: OwnerId, entries: readonly AccessEntry[], languages: Languages): Promise<AccessRow[]> {
    if (entries.length === 0) return [];
    const refusals = await this.refusals.ofOwner(owner);
    const told = entries.map((entry) => ({ entry, refusal: lastRefusal(entry, refusals) }));
    const words = await this.names.of(spokenIn(told), languages);
    const now = this.clock.now();
    return told.map(({ entry, refusal }) => accessRow(entry, words, now, refusal));
  }
}

interface Told {
  readonly entry: AccessEntry;
  readonly refusal: LastRefusal | undefined;
}

/**
 * What the holder was refused last on the same thing, through the same application where there is just one. Nothing that she may do
 * by this access: that was given since. Nothing of the try either that became the request which the owner answered with it: what she left
 * out was her choice.
 */
function lastRefusal(
  { holder, clientId, scopes, givenAt, share }: AccessEntry,
  refusals: readonly LastRefusal[],
): LastRefusal | undefined {
  if (!share) return undefined;
  const isAnswered = ({ at }: LastRefusal) => share.requestId !== null && at <= givenAt;
  const own = refusals
    .filter((one) => one.holder === holder && one.resourceId === share.resourceId && !isAnswered(one))
    .filter((one) => clientId === null || one.clientId === clientId)
    .map((one) => ({ ...one, scopes: one.scopes.filter((scope) => !scopes.includes(scope)) }))
    .filter((one) => one.scopes.length > 0);
  return own.reduce<LastRefusal | undefined>((last, one) => (last && last.at >= one.at ? last : one), undefined);
}

function spokenIn(told: readonly Told[]): Spoken {
  const shares = told.flatMap(({ entry }) => (entry.share ? [entry.share] : []));
  return {
    policies: shares,
    clients: told.flatMap(({ entry, refusal }) => [entry.clientId ?? [], refusal?.clientId ?? []].flat()),
    servers: shares.flatMap(({ resourceServerId }) => resourceServerId ?? []),
    scopes: told.flatMap(({ entry, refusal }) => [...entry.scopes, ...(refusal?.scopes ?? [])]),
  };
}
