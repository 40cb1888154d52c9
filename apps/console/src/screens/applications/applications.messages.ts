import type { Catalogue } from '../../language/language.js';

interface ApplicationsMessages {
  readonly title: string;
  readonly lead: string;
  readonly search: string;
  readonly help: string;
  readonly failed: string;
  readonly known: string;
  readonly found: (count: number) => string;
  readonly choose: string;
  readonly chooseNamed: (name: string) => string;
  readonly nothingKnown: { readonly what: string; readonly how: string };
  readonly noMatch: { readonly what: string; readonly how: string };
  readonly more: string;
}

export const APPLICATIONS: Catalogue<ApplicationsMessages> = {
  en: {
    title: 'Give an application access',
    lead: 'An application then works with what is yours without asking you to sign in there.',
    search: 'Search applications',
    help: 'At least two letters of its name or publisher.',
    failed: 'The applications could not be read.',
    known: 'Applications you know',
    found: (count) => (count === 1 ? '1 application found' : `${count} applications found`),
    choose: 'Choose',
    chooseNamed: (name) => `Choose ${name}`,
    nothingKnown: {
      what: 'Search for the application that is to get access.',
      how: 'Its name or its publisher will do. Those that you have shared something with stand here.',
    },
    noMatch: {
      what: 'No application matches.',
      how: 'Only applications that the operator has registered can be given access. Ask the operator to register yours.',
    },
    more: 'There are more. Type more letters.',
  },
  de: {
    title: 'Einer Anwendung Zugriff geben',
    lead: 'Die Anwendung arbeitet dann mit Ihren Sachen, ohne dass Sie sich dort anmelden.',
    search: 'Anwendungen suchen',
    help: 'Mindestens zwei Buchstaben von Name oder Herausgeber.',
    failed: 'Die Anwendungen konnten nicht gelesen werden.',
    known: 'Anwendungen, die Sie kennen',
    found: (count) => (count === 1 ? '1 Anwendung gefunden' : `${count} Anwendungen gefunden`),
    choose: 'Wählen',
    chooseNamed: (name) => `${name} wählen`,
    nothingKnown: {
      what: 'Suchen Sie die Anwendung, die Zugriff bekommen soll.',
      how: 'Name oder Herausgeber genügt. Anwendungen, mit denen Sie etwas geteilt haben, stehen hier.',
    },
    noMatch: {
      what: 'Keine Anwendung passt dazu.',
      how: 'Zugriff bekommen nur Anwendungen, die der Betreiber eingetragen hat. Bitten Sie ihn, Ihre einzutragen.',
    },
    more: 'Es gibt mehr. Geben Sie weitere Buchstaben ein.',
  },
};
