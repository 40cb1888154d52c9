import type { Catalogue } from '../../language/language.js';
import type { GiftProblem } from './gift.js';

interface ApplicationMessages {
  readonly title: string;
  readonly titleOf: (name: string) => string;
  readonly failed: string;
  readonly other: string;
  readonly unchecked: string;
  readonly what: { readonly legend: string; readonly help: string };
  readonly allow: string;
  readonly long: string;
  readonly told: { readonly title: string; readonly facts: readonly string[] };
  readonly noneFits: (what: string) => string;
  readonly asksNothing: string;
  readonly problems: Readonly<Record<GiftProblem, string>>;
  readonly give: (name: string) => string;
  readonly giveFailed: string;
  readonly givenSoFar: string;
  readonly goOn: string;
  readonly done: {
    readonly title: string;
    readonly next: (name: string) => string;
  };
  readonly toAccess: string;
  readonly more: string;
}

export const APPLICATION: Catalogue<ApplicationMessages> = {
  en: {
    title: 'Give access',
    titleOf: (name) => `Give ${name} access`,
    failed: 'This application could not be read.',
    other: 'Choose another application',
    unchecked: 'Nobody has verified this application. Give it access only if you know where it comes from.',
    what: {
      legend: 'To what?',
      help: 'Nothing is chosen beforehand. Only what the application can work with is shown.',
    },
    allow: 'What may it do there?',
    long: 'For how long?',
    told: {
      title: 'What the application gets to know',
      facts: ['what it may do, with what, and until when', 'neither your password nor who else has access'],
    },
    noneFits: (what) => `Nothing of yours fits. This application works with: ${what}.`,
    asksNothing: 'This application cannot be given anything: nothing is registered that it works with.',
    problems: {
      nothingChosen: 'Choose at least one thing.',
      nothingAllowed: 'Tick at least one thing that it may do, for each kind that you chose.',
      tooMany: 'At most 100 things of one kind go at once.',
    },
    give: (name) => `Give ${name} access`,
    giveFailed: 'Not everything was given.',
    givenSoFar: 'Given already:',
    goOn: 'Give the rest',
    done: {
      title: 'Access is given',
      next: (name) => `Go on in ${name}: it finds what it may use by itself.`,
    },
    toAccess: 'See who has access',
    more: 'Give access to more',
  },
  de: {
    title: 'Zugriff geben',
    titleOf: (name) => `${name} Zugriff geben`,
    failed: 'Diese Anwendung konnte nicht gelesen werden.',
    other: 'Andere Anwendung wählen',
    unchecked: 'Niemand hat diese Anwendung geprüft. Geben Sie ihr nur Zugriff, wenn Sie wissen, woher sie kommt.',
    what: { legend: 'Worauf?', help: 'Nichts ist vorgewählt. Gezeigt wird nur, womit die Anwendung arbeiten kann.' },
    allow: 'Was darf sie dort?',
    long: 'Wie lange?',
    told: {
      title: 'Was die Anwendung erfährt',
      facts: ['was sie darf, womit, und bis wann', 'weder Ihr Passwort noch, wer sonst Zugriff hat'],
    },
    noneFits: (what) => `Nichts von Ihnen passt. Diese Anwendung arbeitet mit: ${what}.`,
    asksNothing: 'Dieser Anwendung lässt sich nichts geben: Es ist nichts eingetragen, womit sie arbeitet.',
    problems: {
      nothingChosen: 'Wählen Sie mindestens eine Sache.',
      nothingAllowed: 'Wählen Sie zu jeder Art mindestens eine Sache, die erlaubt sein soll.',
      tooMany: 'Von einer Art gehen höchstens 100 auf einmal.',
    },
    give: (name) => `${name} Zugriff geben`,
    giveFailed: 'Es wurde nicht alles gegeben.',
    givenSoFar: 'Schon gegeben:',
    goOn: 'Den Rest geben',
    done: {
      title: 'Der Zugriff ist gegeben',
      next: (name) => `Machen Sie in ${name} weiter: Die Anwendung findet selbst, was sie nutzen darf.`,
    },
    toAccess: 'Sehen, wer Zugriff hat',
    more: 'Auf mehr Zugriff geben',
  },
};
