import type { Catalogue } from '../../../language/language.js';
import type { Level, Member } from './wording-form.js';

interface AskMessages {
  title(scope: string): string;
  readonly action: string;
  readonly means: string;
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
  /** Before what concerns all owners of a scope. */
  readonly ask: {
    readonly withdraw: AskMessages;
    readonly reset: AskMessages;
    servers(count: number): string;
    owners(count: number): string;
    readonly noServer: string;
    readonly stays: string;
    readonly keep: string;
  };
  readonly race: {
    readonly title: string;
    readonly what: string;
    readonly state: string;
    /** What was to come of it. */
    readonly wanted: Readonly<Record<'publish' | 'save' | 'withdraw' | 'reset', string>>;
    readonly mine: string;
    readonly theirs: string;
    readonly nothing: string;
    readonly keepMine: string;
    readonly takeTheirs: string;
  };
}

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
    ask: {
      withdraw: {
        title: (scope) => `Withdraw the words of ${scope}?`,
        action: 'Withdraw the words',
        means:
          'From now on nobody can give it. Those who were given it keep it, and nobody reads what it is. You can publish words again.',
      },
      reset: {
        title: (scope) => `Give up the words of ${scope} that were written here?`,
        action: 'Give them up',
        means:
          'They are gone, a draft of them, too. Owners read the words of the configuration then; if it has none, nobody can give it.',
      },
      servers: (count) => (count === 1 ? 'It concerns one server:' : `It concerns ${count} servers:`),
      owners: (count) => {
        if (count === 1) return '1 owner';
        return count >= 10_000 ? '10,000 owners or more' : `${count} owners`;
      },
      noServer: 'No server has it at present.',
      stays: 'What you are writing stays in the form.',
      keep: 'Leave it as it is',
    },
    race: {
      title: 'Somebody else changed these words meanwhile',
      what: 'Nothing of yours was saved yet.',
      state: 'State',
      wanted: { publish: 'To be published.', save: 'A draft.', withdraw: 'To be withdrawn.', reset: 'To be given up.' },
      mine: 'Yours',
      theirs: 'Theirs',
      nothing: 'nothing',
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
    ask: {
      withdraw: {
        title: (scope) => `Die Worte für ${scope} zurückziehen?`,
        action: 'Worte zurückziehen',
        means:
          'Ab jetzt kann das niemand geben. Wer es schon hat, behält es, und niemand liest, was es ist. Sie können wieder Worte veröffentlichen.',
      },
      reset: {
        title: (scope) => `Die Worte für ${scope} aufgeben, die hier geschrieben wurden?`,
        action: 'Worte aufgeben',
        means:
          'Sie sind dann weg, auch ein Entwurf davon. Eigentümer lesen dann die Worte der Konfiguration; hat sie keine, kann es niemand geben.',
      },
      servers: (count) => (count === 1 ? 'Das betrifft einen Server:' : `Das betrifft ${count} Server:`),
      owners: (count) => {
        if (count === 1) return '1 Eigentümer';
        return count >= 10_000 ? '10.000 Eigentümer oder mehr' : `${count} Eigentümer`;
      },
      noServer: 'Zurzeit hat kein Server das.',
      stays: 'Was Sie gerade schreiben, bleibt im Formular.',
      keep: 'So lassen',
    },
    race: {
      title: 'Jemand anders hat diese Worte inzwischen geändert',
      what: 'Von Ihnen ist noch nichts gespeichert.',
      state: 'Zustand',
      wanted: {
        publish: 'Zu veröffentlichen.',
        save: 'Ein Entwurf.',
        withdraw: 'Zurückzuziehen.',
        reset: 'Aufzugeben.',
      },
      mine: 'Ihre',
      theirs: 'Die anderen',
      nothing: 'nichts',
      keepMine: 'Meine behalten: deren überschreiben',
      takeTheirs: 'Deren nehmen: meine vergessen',
    },
  },
};
