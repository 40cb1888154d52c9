import { Inject, Injectable } from '@nestjs/common';
import type { BoundedCount } from '@valetkey/authorizations';
import { ClientHoldingsStore } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import type { Duration } from '@valetkey/kernel';
import { Clock, SharedReads } from '@valetkey/kernel';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { ApplicationCard } from '../pages/kit/parts.js';

/** Fewer would tell something about one person. */
const FEWEST = 20;
/** Nobody watches the count go up by one, and pages that follow each other cost one count. */
const REMEMBERED: Duration = 10 * 60_000;
const CAPACITY = 1_000;

/** What a person can go by who does not know an application: what it says it is for, and how many people here use it. */
@Injectable()
export class ApplicationStanding {
  private readonly counts: SharedReads<BoundedCount>;

  constructor(
    private readonly holdings: ClientHoldingsStore,
    clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'pages'>,
  ) {
    this.counts = new SharedReads(clock, REMEMBERED, CAPACITY);
  }

  /**
   * Its part of a card. The count is ten minutes old at most, and absent below twenty people.
   * @param locale - of the page
   */
  async of({ id, metadata }: Client, locale: string): Promise<Pick<ApplicationCard, 'users' | 'purpose'>> {
    const users = await this.counts.get(id, () => this.holdings.people(id));
    const purpose = purposeIn(metadata.purpose, locale, this.config.pages.languages);
    return { ...(users && users.count >= FEWEST && { users }), ...(purpose && { purpose }) };
  }
}

/** In the reader's language, else in the first of the operator's that there is, else in any; `undefined` where none is written. */
export function purposeIn(
  purpose: Readonly<Record<string, string>>,
  locale: string,
  usual: readonly string[],
): ApplicationCard['purpose'] {
  const written = Object.entries(purpose);
  const isOf = (tag: string, language: string) => tag === language || tag.startsWith(`${language}-`);
  const own = written.find(([tag]) => tag === locale) ?? written.find(([tag]) => isOf(tag, locale));
  if (own) return { text: own[1] };
  const ordered = usual.flatMap((language) => written.filter(([tag]) => tag === language));
  const [first] = [...ordered, ...written];
  return first && { text: first[1], lang: first[0] };
}
