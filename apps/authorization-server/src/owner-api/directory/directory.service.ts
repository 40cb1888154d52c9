import { Inject, Injectable } from '@nestjs/common';
import { PersonDirectory, Persons } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientDirectory } from '@valetkey/clients';
import { matchesBeginnings, typedBeginnings } from '@valetkey/kernel';
import type { SubjectView } from '@valetkey/owner-contract';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { SubjectNames } from '../subjects/subject-names.service.js';
import type { Subjects } from '../subjects/subjects.js';
import { AcquaintancesStore } from './acquaintances.store.js';

const MOST_BEGINNINGS = 3;
/** Of strangers. */
const FEWEST_LETTERS = 2;
const MOST_PEOPLE = 8;
const MOST_APPLICATIONS = 5;

/** Whom a search found. */
export interface Found {
  readonly people: readonly SubjectView[];
  readonly applications: readonly SubjectView[];
  readonly more: boolean;
}

/** What was searched for. */
interface Search {
  readonly owner: OwnerId;
  readonly typed: string;
  readonly beginnings: readonly string[];
}

/**
 * Finds people and applications to share with. Those whom the owner knows come first and are always found by their names; others as the
 * operator allows (`sharing.directory`). Nobody finds herself, nor an account or client that is disabled.
 */
@Injectable()
export class Directory {
  private readonly rule: Config['sharing']['directory'];

  constructor(
    private readonly people: PersonDirectory,
    private readonly persons: Persons,
    private readonly clients: ClientDirectory,
    private readonly acquaintances: AcquaintancesStore,
    private readonly names: SubjectNames,
    @Inject(CONFIG) { sharing }: Pick<Config, 'sharing'>,
  ) {
    this.rule = sharing.directory;
  }

  /** @param typed - empty: those whom she knows alone */
  async search(owner: OwnerId, typed: string): Promise<Found> {
    const search = { owner, typed: typed.trim(), beginnings: typedBeginnings(typed, MOST_BEGINNINGS) };
    const known = await this.acquaintances.of(owner);
    const found = await this.strangers(search);
    // Who withheld her name is found by what the owner knows of her.
    const strangers = { ...found, accounts: found.accounts.filter((id) => !known.unnamed.has(id)) };
    const subjects = await this.names.of({
      accounts: [...known.accounts, ...strangers.accounts],
      clients: [...known.clients, ...strangers.clients],
    });
    const isAsked = (one: SubjectView) => matchesBeginnings(`${one.name} ${one.organisation ?? ''}`, search.beginnings);
    const isSearched = search.beginnings.length > 0 || search.typed === '';
    const people = isSearched
      ? views(known.accounts, (id) => subjects.account(id, known.unnamed.has(id) ? id : undefined)).filter(isAsked)
      : [];
    const applications = isSearched ? views(known.clients, (id) => subjects.client(id)).filter(isAsked) : [];
    return cut(
      joined(people, byName(strangers.accounts, subjects, 'account'), owner),
      joined(applications, byName(strangers.clients, subjects, 'client'), owner),
    );
  }

  private async strangers(search: Search): Promise<{ accounts: readonly string[]; clients: readonly string[] }> {
    const letters = search.beginnings.reduce((sum, { length }) => Math.max(sum, length), 0);
    if (search.beginnings.length === 0 || letters < FEWEST_LETTERS) return { accounts: [], clients: [] };
    const clients = await this.clients.search(search.beginnings, idOf(search.owner, 'client:'), MOST_APPLICATIONS + 1);
    return { accounts: await this.strangePeople(search), clients };
  }

  private async strangePeople({ owner, typed, beginnings }: Search): Promise<readonly string[]> {
    const self = idOf(owner, 'account:');
    switch (this.rule) {
      case 'names':
        return this.people.search(beginnings, self, MOST_PEOPLE + 1);
      case 'exact': {
        const person = await this.persons.findByName(typed);
        return person?.enabled === true && person.id !== self ? [person.id] : [];
      }
      case 'none':
        return [];
    }
  }
}

/** '' for an owner of the other kind. */
function idOf(owner: OwnerId, kind: 'account:' | 'client:'): string {
  return owner.startsWith(kind) ? owner.slice(kind.length) : '';
}

function views(ids: readonly string[], view: (id: string) => SubjectView): SubjectView[] {
  return ids.map(view);
}

function byName(ids: readonly string[], subjects: Subjects, kind: 'account' | 'client'): SubjectView[] {
  return views(ids, (id) => subjects[kind](id)).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Each once, acquaintances first; nobody who is gone, and not the owner. */
function joined(known: readonly SubjectView[], others: readonly SubjectView[], owner: OwnerId): SubjectView[] {
  const all = new Map([...known, ...others].map((one) => [one.id, one]));
  all.delete(owner);
  return [...all.values()].filter(({ removed }) => removed !== true);
}

function cut(people: readonly SubjectView[], applications: readonly SubjectView[]): Found {
  return {
    people: people.slice(0, MOST_PEOPLE),
    applications: applications.slice(0, MOST_APPLICATIONS),
    more: people.length > MOST_PEOPLE || applications.length > MOST_APPLICATIONS,
  };
}
