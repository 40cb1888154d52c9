import type { ResourceServerRow, WordingSource } from '@valetkey/operator-contract';
import type { Catalogue } from '../../../language/language.js';
import type { Level, Member } from './wording-form.js';

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

interface EditMessages {
  title(scope: string): string;
  readonly back: string;
  readonly lead: string;
  readonly level: string;
  readonly levelHelp: string;
  readonly noLevel: string;
  readonly levels: Readonly<Record<Level, string>>;
  readonly members: Readonly<Record<Member, string>>;
  /** The label of a cell. */
  cell(member: string, language: string): string;
  readonly missingLevel: string;
  missing(member: string, language: string): string;
  readonly preview: string;
  readonly person: string;
  readonly thing: string;
  long(words: number): string;
  jargon(word: string): string;
  readonly publish: string;
  readonly save: string;
  readonly withdraw: string;
  readonly reset: string;
  readonly published: string;
  readonly saved: string;
  readonly withdrawn: string;
  readonly wasReset: string;
  readonly failed: string;
  readonly race: {
    readonly title: string;
    readonly what: string;
    readonly theirs: string;
    readonly keepMine: string;
    readonly takeTheirs: string;
  };
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

export const WORDING_EDIT: Catalogue<EditMessages> = {
  en: {
    title: (scope) => `Words of ${scope}`,
    back: 'All scopes',
    lead: 'A verb and an object, as they stand behind “can”: “see photos”. Nine words at most, in the words of owners.',
    level: 'How far it goes',
    levelHelp: 'Only what is to see is ever chosen beforehand.',
    noLevel: 'Not decided yet',
    levels: {
      see: 'See something',
      change: 'Change something',
      act: 'Act in the owner’s name',
      share: 'Give it to others',
    },
    members: {
      verb: 'Verb',
      object: 'Object',
      consequence: 'What follows from it',
      without: 'What stops working without it',
    },
    cell: (member, language) => `${member} (${language})`,
    missingLevel: 'Say how far it goes.',
    missing: (member, language) => `${member} in ${language} is missing.`,
    preview: 'What owners will read',
    person: 'Peter Sample',
    thing: 'Summer album',
    long: (words) => `${words} words: owners read nine at most.`,
    jargon: (word) => `“${word}” is no word of owners.`,
    publish: 'Publish words',
    save: 'Save as draft',
    withdraw: 'Withdraw: nobody can give it',
    reset: 'Back to the words of the configuration',
    published: 'Published. Owners can give it now.',
    saved: 'Saved as a draft. Nothing changed for owners.',
    withdrawn: 'Withdrawn. Owners cannot give it any more.',
    wasReset: 'What was written here is given up.',
    failed: 'The words were not saved.',
    race: {
      title: 'Somebody else changed these words meanwhile',
      what: 'Nothing of yours was saved yet.',
      theirs: 'Their words',
      keepMine: 'Keep mine: save over theirs',
      takeTheirs: 'Take theirs: forget mine',
    },
  },
  de: {
    title: (scope) => `Worte für ${scope}`,
    back: 'Alle Scopes',
    lead: 'Ein Verb und ein Objekt, wie sie bei „kann“ stehen: „Fotos ansehen“. Höchstens neun Wörter, in der Sprache der Eigentümer.',
    level: 'Wie weit es geht',
    levelHelp: 'Vorausgewählt ist nur, was bloß zu sehen ist.',
    noLevel: 'Noch nicht entschieden',
    levels: {
      see: 'Etwas sehen',
      change: 'Etwas ändern',
      act: 'Im Namen des Eigentümers handeln',
      share: 'An andere geben',
    },
    members: { verb: 'Verb', object: 'Objekt', consequence: 'Was daraus folgt', without: 'Was ohne das nicht geht' },
    cell: (member, language) => `${member} (${language})`,
    missingLevel: 'Sagen Sie, wie weit es geht.',
    missing: (member, language) => `${member} auf ${language} fehlt.`,
    preview: 'Was Eigentümer lesen werden',
    person: 'Peter Muster',
    thing: 'Sommeralbum',
    long: (words) => `${words} Wörter: Eigentümer lesen höchstens neun.`,
    jargon: (word) => `„${word}“ ist kein Wort von Eigentümern.`,
    publish: 'Worte veröffentlichen',
    save: 'Als Entwurf speichern',
    withdraw: 'Zurückziehen: niemand kann es geben',
    reset: 'Zurück zu den Worten der Konfiguration',
    published: 'Veröffentlicht. Eigentümer können es jetzt geben.',
    saved: 'Als Entwurf gespeichert. Für Eigentümer hat sich nichts geändert.',
    withdrawn: 'Zurückgezogen. Eigentümer können es nicht mehr geben.',
    wasReset: 'Was hier geschrieben wurde, gilt nicht mehr.',
    failed: 'Die Worte wurden nicht gespeichert.',
    race: {
      title: 'Jemand anders hat diese Worte inzwischen geändert',
      what: 'Von Ihnen ist noch nichts gespeichert.',
      theirs: 'Deren Worte',
      keepMine: 'Meine behalten: deren überschreiben',
      takeTheirs: 'Deren nehmen: meine vergessen',
    },
  },
};
