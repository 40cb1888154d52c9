import type { Catalogue } from '../../language/language.js';

interface StopMessages {
  readonly title: string;
  readonly lead: string;
  readonly failed: string;
  readonly whose: string;
  readonly everybody: string;
  readonly asChosen: string;
  readonly before: string;
  readonly accesses: (count: number) => string;
  readonly people: (count: number) => string;
  readonly applications: (count: number) => string;
  readonly sessions: (count: number) => string;
  readonly nothing: string;
  readonly stays: (names: string) => string;
  readonly does: readonly string[];
  readonly undo: string;
  readonly signOut: string;
  readonly signOutHelp: string;
  readonly cancel: string;
  readonly stop: string;
  readonly stopOf: (name: string) => string;
  readonly stopFailed: string;
  readonly done: {
    readonly title: string;
    readonly ended: string;
    readonly left: string;
    readonly leftNone: string;
    readonly couldNot: string;
    readonly still: (until: string) => string;
    readonly signedOut: string;
    readonly toAccess: string;
  };
}

export const STOP: Catalogue<StopMessages> = {
  en: {
    title: 'Stop all access',
    lead: 'For emergencies: ends at once what you gave, and what it led to.',
    failed: 'What would be stopped could not be read.',
    whose: 'Whose access?',
    everybody: 'Everybody: all people and applications',
    asChosen: 'As chosen',
    before: 'What would end',
    accesses: (count) => (count === 1 ? '1 access' : `${count} accesses`),
    people: (count) => (count === 1 ? 'of 1 person' : `of ${count} people`),
    applications: (count) => (count === 1 ? 'of 1 application' : `of ${count} applications`),
    sessions: (count) => (count === 1 ? '1 device is signed in as you' : `${count} devices are signed in as you`),
    nothing: 'There is no access to stop.',
    stays: (names) => `Stays: ${names}, which keeps your things and needs its access to protect them.`,
    does: [
      'Nobody of them can reach your things through it any more.',
      'What others keep at the services themselves, such as copies, is not touched.',
    ],
    undo: 'Each of them can be given back for seven days, under Access.',
    signOut: 'Sign out everywhere, too',
    signOutHelp: 'All your devices, this one as well. You sign in again afterwards.',
    cancel: 'Leave everything as it is',
    stop: 'Stop all access',
    stopOf: (name) => `Stop all access of ${name}`,
    stopFailed: 'The access was not stopped.',
    done: {
      title: 'Stopped',
      ended: 'What ended',
      left: 'What is left',
      leftNone: 'Nothing of it is left.',
      couldNot: 'What could not be stopped',
      still: (until) => `What services were told before may hold until ${until}.`,
      signedOut: 'You are signed out everywhere. Whatever you do next asks for a sign-in.',
      toAccess: 'See who has access',
    },
  },
  de: {
    title: 'Allen Zugriff stoppen',
    lead: 'Für den Notfall: beendet sofort, was Sie gegeben haben, und was daraus entstand.',
    failed: 'Was gestoppt würde, konnte nicht gelesen werden.',
    whose: 'Wessen Zugriff?',
    everybody: 'Von allen: alle Personen und Anwendungen',
    asChosen: 'Wie gewählt',
    before: 'Was enden würde',
    accesses: (count) => (count === 1 ? '1 Zugriff' : `${count} Zugriffe`),
    people: (count) => (count === 1 ? 'von 1 Person' : `von ${count} Personen`),
    applications: (count) => (count === 1 ? 'von 1 Anwendung' : `von ${count} Anwendungen`),
    sessions: (count) => (count === 1 ? '1 Gerät ist als Sie angemeldet' : `${count} Geräte sind als Sie angemeldet`),
    nothing: 'Es gibt keinen Zugriff zu stoppen.',
    stays: (names) => `Bleibt: ${names}, wo Ihre Sachen liegen; dieser Zugriff schützt sie.`,
    does: [
      'Niemand davon kommt damit noch an Ihre Sachen.',
      'Was andere bei den Diensten selbst haben, etwa Kopien, bleibt unberührt.',
    ],
    undo: 'Jeden davon können Sie sieben Tage lang unter Zugriff zurückgeben.',
    signOut: 'Auch überall abmelden',
    signOutHelp: 'Alle Ihre Geräte, auch dieses. Danach melden Sie sich neu an.',
    cancel: 'Alles so lassen',
    stop: 'Allen Zugriff stoppen',
    stopOf: (name) => `Allen Zugriff von ${name} stoppen`,
    stopFailed: 'Der Zugriff wurde nicht gestoppt.',
    done: {
      title: 'Gestoppt',
      ended: 'Was beendet ist',
      left: 'Was bleibt',
      leftNone: 'Davon ist nichts übrig.',
      couldNot: 'Was nicht gestoppt werden konnte',
      still: (until) => `Was Diensten vorher mitgeteilt wurde, kann noch gelten bis ${until}.`,
      signedOut: 'Sie sind überall abgemeldet. Was Sie als Nächstes tun, verlangt eine Anmeldung.',
      toAccess: 'Sehen, wer Zugriff hat',
    },
  },
};
