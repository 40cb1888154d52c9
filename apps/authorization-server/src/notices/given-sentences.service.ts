import { Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { GivenPermission } from '@valetkey/uma';
import type { Parts } from '@valetkey/wording';
import { bareText, sharedWithMeSentence } from '@valetkey/wording';
import { ProcessNames } from '../authorization-api/claims/process-names.service.js';
import { OwnerZones } from '../owner-api/settings/owner-zones.store.js';
import { accountOf } from '../owner-api/subjects/subject-handle.js';
import { messagesFor } from '../pages/messages/messages-for.js';
import { mailName } from './mail-name.js';

/** For whom a sentence is: in her language, and in her days where she is known. */
export interface SentenceReader extends Pick<Person, 'locale'> {
  readonly id?: string;
}

/** What an owner gave, in the one sentence of it, for whoever got it. */
@Injectable()
export class GivenSentences {
  constructor(
    private readonly names: ProcessNames,
    private readonly zones: OwnerZones,
    private readonly clock: Clock,
  ) {}

  /** A sentence for each: the same things from when until when; names of others are cleaned. */
  async sentences(owner: OwnerId, given: readonly GivenPermission[], reader: SentenceReader): Promise<string[]> {
    return (await this.parts(owner, given, { ...reader, named: mailName })).map(bareText);
  }

  /** The same in pieces, for a page. @param named - what becomes of names of others */
  async parts(
    owner: OwnerId,
    given: readonly GivenPermission[],
    { id = '', locale: preferred, named }: SentenceReader & { readonly named: (name: string) => string },
  ): Promise<Parts[]> {
    const { locale } = messagesFor(preferred);
    const ownerAccount = accountOf(owner) ?? '';
    const zones = await this.zones.of([id, ownerAccount]);
    const [zone, ownerZone] = [zones.get(id), zones.get(ownerAccount)];
    const name = named(await this.names.owner(owner));
    const reader = { language: locale, now: this.clock.now(), ...(zone !== undefined && { zone }) };
    return Promise.all(
      byTerms(given).map(async (group) => {
        const asked = await this.names.asked(group, locale);
        const access = {
          scopes: asked[0]?.scopes ?? [],
          resources: asked.map(({ resource }) => ({ name: named(resource.name) })),
          from: group[0]?.notBefore ?? undefined,
          until: group[0]?.expiresAt,
          owner: { name },
          ...(ownerZone !== undefined && { time_zone: ownerZone }),
        };
        return sharedWithMeSentence(access, reader);
      }),
    );
  }
}

function byTerms(given: readonly GivenPermission[]): readonly (readonly GivenPermission[])[] {
  const groups = new Map<string, GivenPermission[]>();
  for (const one of given) groups.set(termsOf(one), [...(groups.get(termsOf(one)) ?? []), one]);
  return [...groups.values()];
}

function termsOf({ scopes, notBefore, expiresAt }: GivenPermission): string {
  return JSON.stringify([[...scopes].sort(), notBefore, expiresAt]);
}
