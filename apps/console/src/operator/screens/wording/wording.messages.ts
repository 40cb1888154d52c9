import type { ResourceServerRow, WordingSource } from '@valetkey/operator-contract';
import type { Catalogue } from '../../../language/language.js';

interface WordingMessages {
  readonly title: string;
  readonly servers: {
    readonly caption: string;
    readonly columns: readonly [name: string, state: string, resources: string, owners: string, used: string];
    readonly states: Readonly<Record<ResourceServerRow['state'], string>>;
    readonly last: string;
    readonly off: string;
    many(count: number): string;
    readonly neverUsed: string;
    readonly nobody: string;
    readonly none: { readonly what: string; readonly how: string };
    readonly failed: string;
  };
  readonly wording: string;
  readonly coverage: string;
  covered(published: number, all: number): string;
  readonly incomplete: string;
  readonly search: string;
  readonly onlyLacking: string;
  readonly columns: readonly [scope: string, sentence: string, state: string, action: string];
  readonly sources: Readonly<Record<WordingSource, string>>;
  readonly draft: string;
  readonly canBeGiven: string;
  readonly cannotBeGiven: string;
  readonly noWords: string;
  readonly edit: string;
  editNamed(scope: string): string;
  readonly more: string;
  readonly none: { readonly what: string; readonly how: string };
  readonly noMatch: string;
  readonly failed: string;
}

export const WORDING: Catalogue<WordingMessages> = {
  en: {
    title: 'Resource servers and wording',
    servers: {
      caption: 'Resource servers',
      columns: ['Server', 'State', 'Resources', 'Owners', 'Last used'],
      states: { answering: 'Answers', silent: 'Does not answer', unknown: 'Not known' },
      last: 'last answer',
      off: 'switched off',
      many: (count) => (count >= 10_000 ? '10,000 or more' : String(count)),
      neverUsed: 'Never',
      nobody: 'None: it cannot register anything',
      none: {
        what: 'There is no resource server yet.',
        how: 'They stand in the configuration, under resource_servers.',
      },
      failed: 'The resource servers cannot be shown.',
    },
    wording: 'Wording of permissions',
    coverage: 'Permissions that owners can give',
    covered: (published, all) => `${published} of ${all} can be given by owners.`,
    incomplete: 'There are more than 2,000 scopes: the rest is not shown.',
    search: 'Find by scope, words or server',
    onlyLacking: 'Only those that owners cannot give yet',
    columns: ['Scope', 'What owners read', 'State', 'Words'],
    sources: {
      published: 'Published here',
      withdrawn: 'Withdrawn',
      file: 'From the configuration',
      standard: 'From the server itself',
      none: 'Nobody has worded it',
    },
    draft: 'A draft is being written',
    canBeGiven: 'Can be given',
    cannotBeGiven: 'Cannot be given',
    noWords: 'Nothing yet',
    edit: 'Edit words',
    editNamed: (scope) => `Edit words of ${scope}`,
    more: 'Show more scopes',
    none: { what: 'There are no scopes yet.', how: 'They appear when a resource server registers something.' },
    noMatch: 'No scope matches.',
    failed: 'The wording cannot be shown.',
  },
  de: {
    title: 'Ressourcen-Server und Wortlaut',
    servers: {
      caption: 'Ressourcen-Server',
      columns: ['Server', 'Zustand', 'Ressourcen', 'Eigentümer', 'Zuletzt benutzt'],
      states: { answering: 'Antwortet', silent: 'Antwortet nicht', unknown: 'Nicht bekannt' },
      last: 'letzte Antwort',
      off: 'ausgeschaltet',
      many: (count) => (count >= 10_000 ? '10.000 oder mehr' : String(count)),
      neverUsed: 'Nie',
      nobody: 'Keiner: er kann nichts registrieren',
      none: {
        what: 'Es gibt noch keinen Ressourcen-Server.',
        how: 'Sie stehen in der Konfiguration, unter resource_servers.',
      },
      failed: 'Die Ressourcen-Server können nicht gezeigt werden.',
    },
    wording: 'Wortlaut der Berechtigungen',
    coverage: 'Berechtigungen, die Eigentümer geben können',
    covered: (published, all) => `${published} von ${all} können Eigentümer geben.`,
    incomplete: 'Es gibt mehr als 2.000 Scopes: die übrigen werden nicht gezeigt.',
    search: 'Nach Scope, Worten oder Server suchen',
    onlyLacking: 'Nur die, die Eigentümer noch nicht geben können',
    columns: ['Scope', 'Was Eigentümer lesen', 'Zustand', 'Worte'],
    sources: {
      published: 'Hier veröffentlicht',
      withdrawn: 'Zurückgezogen',
      file: 'Aus der Konfiguration',
      standard: 'Vom Server selbst',
      none: 'Niemand hat Worte dafür geschrieben',
    },
    draft: 'Ein Entwurf ist in Arbeit',
    canBeGiven: 'Kann gegeben werden',
    cannotBeGiven: 'Kann nicht gegeben werden',
    noWords: 'Noch nichts',
    edit: 'Worte ändern',
    editNamed: (scope) => `Worte ändern: ${scope}`,
    more: 'Mehr Scopes zeigen',
    none: { what: 'Es gibt noch keine Scopes.', how: 'Sie erscheinen, wenn ein Ressourcen-Server etwas registriert.' },
    noMatch: 'Kein Scope passt.',
    failed: 'Der Wortlaut kann nicht gezeigt werden.',
  },
};
