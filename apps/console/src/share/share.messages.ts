import type { SharingRules } from '@valetkey/owner-contract';
import type { Catalogue } from '../language/language.js';

type DirectoryRule = SharingRules['directory'];

interface ShareMessages {
  readonly title: (name: string) => string;
  readonly titlePlain: string;
  readonly titleOf: (count: number) => string;
  readonly close: string;
  readonly readFailed: string;
  readonly who: string;
  readonly whoHelp: Readonly<Record<DirectoryRule, string>>;
  readonly people: string;
  readonly applications: string;
  readonly searching: string;
  readonly searchFailed: string;
  readonly searchAgain: string;
  readonly matches: (people: number, applications: number) => string;
  readonly known: string;
  readonly moreLetters: string;
  readonly nobody: (words: string) => string;
  readonly nobodyHow: Readonly<Record<DirectoryRule, string>>;
  readonly help: string;
  readonly newWindow: string;
  readonly what: string;
  readonly howLong: string;
  readonly nothingInCommon: string;
  readonly nothingDescribed: string;
  readonly has: string;
  readonly addNote: (name: string | undefined) => string;
  readonly note: string;
  readonly noteHelp: string;
  readonly summary: string;
  readonly chooseWho: string;
  readonly chooseWhat: string;
  readonly cancel: string;
  readonly shareWith: (name: string) => string;
  readonly giveTo: (name: string) => string;
  readonly changeFor: (name: string) => string;
  readonly shareWithNobody: string;
  readonly noWho: string;
  readonly failed: (name: string) => string;
  readonly changeFailed: (name: string) => string;
  readonly undo: string;
  readonly undone: (name: string) => string;
  readonly undoFailed: (name: string) => string;
}

const count = (of: number, one: string, many: string) => `${of} ${of === 1 ? one : many}`;

export const SHARE: Catalogue<ShareMessages> = {
  en: {
    title: (name) => `Share “${name}”`,
    titlePlain: 'Share',
    titleOf: (things) => `Share ${things} things`,
    close: 'Close',
    readFailed: 'What can be allowed could not be read.',
    who: 'Who gets access?',
    whoHelp: {
      names: 'A name, e-mail address or application.',
      exact: 'The whole e-mail address or user name of a person, or the name of an application.',
      none: 'The name of an application, or of somebody you have shared with before.',
    },
    people: 'People',
    applications: 'Applications',
    searching: 'Searching',
    searchFailed: 'The search did not work.',
    searchAgain: 'Search again',
    matches: (people, applications) =>
      [
        people > 0 && count(people, 'person', 'people'),
        applications > 0 && count(applications, 'application', 'applications'),
      ]
        .filter((text) => text !== false)
        .join(' and ') + ' found',
    known: 'Whom you have shared with before, or who asked',
    moreLetters: 'There are more: type more letters.',
    nobody: (words) => `Nobody and nothing called “${words}” was found.`,
    nobodyHow: {
      names:
        'Ask them for the e-mail address or user name that they have here. Who has no account here yet can be added by whoever runs this server.',
      exact:
        'People are found by their whole e-mail address or user name only: ask them for it. Who has no account here yet can be added by whoever runs this server.',
      none: 'New people cannot be searched for here. Ask whoever runs this server.',
    },
    help: 'Help from whoever runs this server',
    newWindow: '(in a new window)',
    what: 'What may they do?',
    howLong: 'For how long?',
    nothingInCommon: 'There is nothing that can be allowed on all of these things. Choose fewer of them.',
    nothingDescribed: 'Nothing can be allowed on this yet, because its service has not described what there is.',
    has: 'Has access already:',
    addNote: (name) => (name === undefined ? 'Add a note' : `Add a note for ${name}`),
    note: 'Note',
    noteHelp: 'Whoever gets access can read it.',
    summary: 'What you are about to give',
    chooseWho: 'Choose who gets access, and what it means is written here.',
    chooseWhat: 'Tick what is to be allowed, and what it means is written here.',
    cancel: 'Cancel',
    shareWith: (name) => `Share with ${name}`,
    giveTo: (name) => `Give access to ${name}`,
    changeFor: (name) => `Change for ${name}`,
    shareWithNobody: 'Share',
    noWho: 'Choose who gets access.',
    failed: (name) => `${name} did not get access.`,
    changeFailed: (name) => `The access of ${name} could not be changed.`,
    undo: 'Undo',
    undone: (name) => `Undone: for ${name} it is as it was before.`,
    undoFailed: (name) => `It could not be undone. You can still revoke the access of ${name} under Access.`,
  },
  de: {
    title: (name) => `„${name}“ teilen`,
    titlePlain: 'Teilen',
    titleOf: (things) => `${things} Ressourcen teilen`,
    close: 'Schließen',
    readFailed: 'Was erlaubt werden kann, konnte nicht gelesen werden.',
    who: 'Wer bekommt Zugriff?',
    whoHelp: {
      names: 'Ein Name, eine E-Mail-Adresse oder eine Anwendung.',
      exact: 'Die ganze E-Mail-Adresse oder der Benutzername einer Person, oder der Name einer Anwendung.',
      none: 'Der Name einer Anwendung oder von jemandem, mit dem Sie schon geteilt haben.',
    },
    people: 'Personen',
    applications: 'Anwendungen',
    searching: 'Suche läuft',
    searchFailed: 'Die Suche hat nicht geklappt.',
    searchAgain: 'Noch einmal suchen',
    matches: (people, applications) =>
      [
        people > 0 && count(people, 'Person', 'Personen'),
        applications > 0 && count(applications, 'Anwendung', 'Anwendungen'),
      ]
        .filter((text) => text !== false)
        .join(' und ') + ' gefunden',
    known: 'Mit wem Sie schon geteilt haben, oder wer gefragt hat',
    moreLetters: 'Es gibt mehr: Geben Sie mehr Buchstaben ein.',
    nobody: (words) => `Niemand und nichts namens „${words}“ gefunden.`,
    nobodyHow: {
      names:
        'Fragen Sie nach der E-Mail-Adresse oder dem Benutzernamen, die die Person hier hat. Wer hier noch kein Konto hat, den kann hinzufügen, wer diesen Server betreibt.',
      exact:
        'Personen werden nur mit ihrer ganzen E-Mail-Adresse oder ihrem Benutzernamen gefunden: Fragen Sie danach. Wer hier noch kein Konto hat, den kann hinzufügen, wer diesen Server betreibt.',
      none: 'Neue Personen lassen sich hier nicht suchen. Fragen Sie, wer diesen Server betreibt.',
    },
    help: 'Hilfe von denen, die diesen Server betreiben',
    newWindow: '(in einem neuen Fenster)',
    what: 'Was ist erlaubt?',
    howLong: 'Wie lange?',
    nothingInCommon: 'Es gibt nichts, was sich auf alle diese Ressourcen erlauben lässt. Wählen Sie weniger aus.',
    nothingDescribed: 'Noch lässt sich nichts erlauben, weil der Dienst nicht beschrieben hat, was es gibt.',
    has: 'Hat schon Zugriff:',
    addNote: (name) => (name === undefined ? 'Notiz hinzufügen' : `Notiz für ${name} hinzufügen`),
    note: 'Notiz',
    noteHelp: 'Wer Zugriff bekommt, kann sie lesen.',
    summary: 'Was Sie gleich erlauben',
    chooseWho: 'Wählen Sie, wer Zugriff bekommt. Hier steht dann, was das heißt.',
    chooseWhat: 'Wählen Sie, was erlaubt sein soll. Hier steht dann, was das heißt.',
    cancel: 'Abbrechen',
    shareWith: (name) => `Mit ${name} teilen`,
    giveTo: (name) => `${name} Zugriff geben`,
    changeFor: (name) => `Für ${name} ändern`,
    shareWithNobody: 'Teilen',
    noWho: 'Wählen Sie, wer Zugriff bekommt.',
    failed: (name) => `${name} hat keinen Zugriff bekommen.`,
    changeFailed: (name) => `Der Zugriff von ${name} konnte nicht geändert werden.`,
    undo: 'Rückgängig',
    undone: (name) => `Rückgängig gemacht: Für ${name} ist es wie zuvor.`,
    undoFailed: (name) =>
      `Es ließ sich nicht rückgängig machen. Sie können den Zugriff von ${name} noch unter „Zugriff“ entziehen.`,
  },
};
