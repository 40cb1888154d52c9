import type { Catalogue } from '../language/language.js';

interface ShellMessages {
  /** Of the owner's console, in the menu of the other one. */
  readonly title: string;
  readonly operatorTitle: string;
  readonly skip: string;
  readonly navigation: string;
  readonly resources: string;
  readonly requests: string;
  readonly waiting: (count: number) => string;
  readonly access: string;
  readonly sharedWithMe: string;
  readonly activity: string;
  readonly checkUp: string;
  readonly applications: string;
  readonly stop: string;
  readonly settings: string;
  readonly account: string;
  readonly signOut: string;
  readonly help: string;
  readonly menuOf: (name: string) => string;
  readonly theme: string;
  readonly themes: { readonly system: string; readonly light: string; readonly dark: string };
  readonly notices: string;
  readonly close: string;
  readonly notFound: { readonly title: string; readonly what: string; readonly home: string };
}

export const SHELL: Catalogue<ShellMessages> = {
  en: {
    title: 'Access',
    operatorTitle: 'Operator',
    skip: 'Skip to the content',
    navigation: 'Main',
    resources: 'Resources',
    requests: 'Requests',
    waiting: (count) => `${count} waiting for you`,
    access: 'Access',
    sharedWithMe: 'Shared with me',
    activity: 'Activity',
    checkUp: 'Check-up',
    applications: 'Give an application access',
    stop: 'Stop everything',
    settings: 'Settings',
    account: 'Sign-in methods and sessions',
    signOut: 'Sign out',
    help: 'Help',
    menuOf: (name) => `${name}: menu`,
    theme: 'Colours',
    themes: { system: 'Device', light: 'Light', dark: 'Dark' },
    notices: 'Messages',
    close: 'Close',
    notFound: {
      title: 'Nothing here',
      what: 'There is no screen at this address.',
      home: 'To your resources',
    },
  },
  de: {
    title: 'Zugriff',
    operatorTitle: 'Betrieb',
    skip: 'Zum Inhalt springen',
    navigation: 'Haupt',
    resources: 'Ressourcen',
    requests: 'Anfragen',
    waiting: (count) => `${count} ${count === 1 ? 'wartet' : 'warten'} auf Sie`,
    access: 'Zugriff',
    sharedWithMe: 'Mit mir geteilt',
    activity: 'Verlauf',
    checkUp: 'Durchsicht',
    applications: 'Einer Anwendung Zugriff geben',
    stop: 'Alles stoppen',
    settings: 'Einstellungen',
    account: 'Anmeldung und Sitzungen',
    signOut: 'Abmelden',
    help: 'Hilfe',
    menuOf: (name) => `${name}: Menü`,
    theme: 'Farben',
    themes: { system: 'Gerät', light: 'Hell', dark: 'Dunkel' },
    notices: 'Meldungen',
    close: 'Schließen',
    notFound: {
      title: 'Hier ist nichts',
      what: 'Unter dieser Adresse gibt es keine Seite.',
      home: 'Zu Ihren Ressourcen',
    },
  },
};
