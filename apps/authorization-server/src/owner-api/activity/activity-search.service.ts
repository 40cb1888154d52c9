import { Injectable } from '@nestjs/common';
import type { ActivityFilter } from '@valetkey/activity';
import { ActivityStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import type { PageRequest } from '@valetkey/kernel';
import { foldText } from '@valetkey/kernel';
import type { ActivityRow, ListAnswer } from '@valetkey/owner-contract';
import type { Languages } from '../owner-names.service.js';
import { ActivityRows } from './activity-rows.service.js';

const LINES_AT_ONCE = 200;
/** One answer looks at so many lines at most: what is further back is asked for with its cursor. */
const MOST_ROUNDS = 10;
/** A table looks at so many. */
const MOST_LINES = 10_000;

/** Which lines are wanted. */
export interface WantedActivity {
  readonly filter: ActivityFilter;
  /** Words that are all in a line; empty: whichever. */
  readonly q: string;
}

/** Lines with words of their names and permissions as their owner reads them. */
@Injectable()
export class ActivitySearch {
  constructor(
    private readonly store: ActivityStore,
    private readonly rows: ActivityRows,
  ) {}

  /** A page may have few lines, or none, and a cursor: there are older ones that nobody has looked at. */
  async page(
    owner: OwnerId,
    { filter, q }: WantedActivity,
    { limit, after }: PageRequest,
    languages: Languages,
  ): Promise<ListAnswer<ActivityRow>> {
    const words = wordsOf(q);
    const size = words.length === 0 ? limit : LINES_AT_ONCE;
    const items: ActivityRow[] = [];
    let next = after;
    for (let round = 0; round < MOST_ROUNDS && items.length < limit; round += 1) {
      const page = await this.store.page(owner, filter, { limit: size, ...(next !== undefined && { after: next }) });
      const found = (await this.rows.of(page.items, languages)).filter((row) => hasAll(row, words));
      const taken = found.slice(0, limit - items.length);
      items.push(...taken);
      next = taken.length < found.length ? taken.at(-1)?.id : page.next;
      if (next === undefined) break;
    }
    return { items, ...(next !== undefined && { next_cursor: next }) };
  }

  /** Those of the newest ten thousand lines, newest first: what the list shows of them. */
  async newest(owner: OwnerId, { filter, q }: WantedActivity, languages: Languages): Promise<ActivityRow[]> {
    const words = wordsOf(q);
    const items: ActivityRow[] = [];
    let after: string | undefined;
    for (let seen = 0; seen < MOST_LINES; seen += LINES_AT_ONCE) {
      const wanted = { limit: LINES_AT_ONCE, ...(after !== undefined && { after }) };
      const page = await this.store.page(owner, filter, wanted);
      items.push(...(await this.rows.of(page.items, languages)).filter((row) => hasAll(row, words)));
      after = page.next;
      if (after === undefined) break;
    }
    return items;
  }
}

function wordsOf(q: string): string[] {
  return foldText(q).split(/\s+/u).filter(Boolean);
}

function hasAll(row: ActivityRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const subjects = [row.actor, row.holder, row.through].flatMap((one) => one?.name ?? []);
  const things = row.resources.flatMap(({ name, service }) => [name, service.name]);
  const deeds = row.scopes.map(({ verb, object }) => `${verb} ${object}`);
  const text = foldText([...subjects, ...things, ...deeds, row.reference ?? ''].join(' '));
  return words.every((word) => text.includes(word));
}
