import type { Catalogue } from '../../../language/language.js';

interface ClientsMessages {
  readonly title: string;
  readonly register: string;
  readonly search: string;
  readonly searchHelp: string;
  readonly state: string;
  readonly origin: string;
  readonly any: string;
  readonly failed: string;
  readonly table: string;
  readonly columns: {
    readonly name: string;
    readonly kind: string;
    readonly grants: string;
    readonly scopes: string;
    readonly origin: string;
    readonly state: string;
    readonly used: string;
    readonly people: string;
  };
  /** Those that are left out. */
  readonly moreScopes: (count: number) => string;
  readonly noScopes: string;
  readonly by: (publisher: string) => string;
  readonly empty: { readonly what: string; readonly how: string };
  readonly noMatch: string;
  readonly more: string;
  readonly found: (count: number, isMore: boolean) => string;
}

export const CLIENTS: Catalogue<ClientsMessages> = {
  en: {
    title: 'Clients',
    register: 'Register client',
    search: 'Search clients',
    searchHelp: 'Part of a name, a publisher or a client_id',
    state: 'State',
    origin: 'Made by',
    any: 'Any',
    failed: 'The clients could not be read.',
    table: 'Clients',
    columns: {
      name: 'Name',
      kind: 'Kind',
      grants: 'Ways to get tokens',
      scopes: 'May ask for',
      origin: 'Made by',
      state: 'State',
      used: 'Last used',
      people: 'Owners',
    },
    moreScopes: (count) => `and ${count} more`,
    noScopes: 'Nothing',
    by: (publisher) => `by ${publisher}`,
    empty: {
      what: 'Applications that use this server stand here.',
      how: 'They come from the configuration file, register themselves where that is on, or are registered here.',
    },
    noMatch: 'No client is like this.',
    more: 'Show more clients',
    found: (count, isMore) => `${isMore ? 'The first ' : ''}${count} shown`,
  },
  de: {
    title: 'Clients',
    register: 'Client registrieren',
    search: 'Clients suchen',
    searchHelp: 'Teil eines Namens, Anbieters oder einer client_id',
    state: 'Zustand',
    origin: 'Angelegt von',
    any: 'Alle',
    failed: 'Die Clients konnten nicht gelesen werden.',
    table: 'Clients',
    columns: {
      name: 'Name',
      kind: 'Art',
      grants: 'Wege zu Tokens',
      scopes: 'Darf fragen nach',
      origin: 'Angelegt von',
      state: 'Zustand',
      used: 'Zuletzt benutzt',
      people: 'Besitzende',
    },
    moreScopes: (count) => `und ${count} weiteren`,
    noScopes: 'Nichts',
    by: (publisher) => `von ${publisher}`,
    empty: {
      what: 'Hier stehen Anwendungen, die diesen Server benutzen.',
      how: 'Sie kommen aus der Konfigurationsdatei, registrieren sich selbst, wo das an ist, oder werden hier registriert.',
    },
    noMatch: 'Kein Client ist so.',
    more: 'Weitere Clients zeigen',
    found: (count, isMore) => `${isMore ? 'Die ersten ' : ''}${count} gezeigt`,
  },
};
