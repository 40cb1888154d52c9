import type { Catalogue } from '../../language/language.js';

interface SettingsMessages {
  readonly title: string;
  readonly failed: string;
  readonly form: {
    readonly title: string;
    readonly language: string;
    readonly browserLanguage: string;
    readonly zone: string;
    readonly zoneHelp: string;
    readonly deviceZone: (zone: string) => string;
    /** Parts of the world, by their names in names of zones. */
    readonly regions: Readonly<Record<string, string>>;
    readonly otherRegion: string;
    readonly days: string;
    readonly daysHelp: string;
    readonly usualDays: (duration: string) => string;
    readonly shortcuts: string;
    readonly shortcutsHelp: string;
    readonly mails: string;
    readonly mailsHelp: string;
    readonly save: string;
    readonly saved: string;
    readonly saveFailed: string;
  };
  readonly sessions: {
    readonly title: string;
    readonly lead: string;
    readonly failed: string;
    readonly here: string;
    readonly since: string;
    readonly seen: string;
    readonly end: string;
    readonly endOf: (browser: string) => string;
    readonly ended: (browser: string) => string;
    readonly endFailed: string;
    readonly signOutHere: string;
  };
  readonly account: {
    readonly title: string;
    readonly lead: string;
    readonly overview: string;
    readonly password: string;
    readonly codes: string;
    readonly passkeys: string;
    readonly applications: string;
  };
  readonly emergency: { readonly title: string; readonly text: string; readonly link: string };
}

export const SETTINGS: Catalogue<SettingsMessages> = {
  en: {
    title: 'Settings',
    failed: 'Your settings could not be read.',
    form: {
      title: 'Language, time and habits',
      language: 'Language',
      browserLanguage: 'As the browser says',
      zone: 'Time zone',
      zoneHelp: 'Days begin and end by it: access “until 16 August” lasts until midnight there.',
      deviceZone: (zone) => `As this device is set (${zone})`,
      regions: {
        Africa: 'Africa',
        America: 'America',
        Antarctica: 'Antarctica',
        Arctic: 'Arctic',
        Asia: 'Asia',
        Atlantic: 'Atlantic',
        Australia: 'Australia',
        Europe: 'Europe',
        Indian: 'Indian Ocean',
        Pacific: 'Pacific',
      },
      otherRegion: 'Other',
      days: 'You usually share for',
      daysHelp: 'Chosen beforehand when you share with a person. You can choose otherwise each time.',
      usualDays: (duration) => `As is usual here (${duration})`,
      shortcuts: 'Single-key shortcuts',
      shortcutsHelp: '“/” goes to the search, “?” lists the shortcuts.',
      mails: 'Mail me when somebody asks for access',
      mailsHelp: 'Mails about your sign-in always come.',
      save: 'Save settings',
      saved: 'Your settings are saved.',
      saveFailed: 'Your settings were not saved.',
    },
    sessions: {
      title: 'Where you are signed in',
      lead: 'End what you do not know, and change your password then.',
      failed: 'Where you are signed in could not be read.',
      here: 'This device',
      since: 'Signed in',
      seen: 'Last seen',
      end: 'End',
      endOf: (browser) => `End the sign-in of ${browser}`,
      ended: (browser) => `The sign-in of ${browser} has ended.`,
      endFailed: 'The sign-in was not ended.',
      signOutHere: 'To end this one, sign out in the menu.',
    },
    account: {
      title: 'How you sign in',
      lead: 'These are pages of your account.',
      overview: 'Your account',
      password: 'Password',
      codes: 'One-time codes',
      passkeys: 'Passkeys',
      applications: 'Applications that you signed in to',
    },
    emergency: {
      title: 'In an emergency',
      text: 'You lost a device, or somebody has what they should not have?',
      link: 'Stop all access',
    },
  },
  de: {
    title: 'Einstellungen',
    failed: 'Ihre Einstellungen konnten nicht gelesen werden.',
    form: {
      title: 'Sprache, Zeit und Gewohnheiten',
      language: 'Sprache',
      browserLanguage: 'Wie der Browser sagt',
      zone: 'Zeitzone',
      zoneHelp: 'Danach beginnen und enden Tage: Zugriff „bis 16. August“ gilt dort bis Mitternacht.',
      deviceZone: (zone) => `Wie dieses Gerät eingestellt ist (${zone})`,
      regions: {
        Africa: 'Afrika',
        America: 'Amerika',
        Antarctica: 'Antarktis',
        Arctic: 'Arktis',
        Asia: 'Asien',
        Atlantic: 'Atlantik',
        Australia: 'Australien',
        Europe: 'Europa',
        Indian: 'Indischer Ozean',
        Pacific: 'Pazifik',
      },
      otherRegion: 'Andere',
      days: 'Sie teilen meist für',
      daysHelp: 'Vorgewählt, wenn Sie mit einer Person teilen. Sie können jedes Mal anders wählen.',
      usualDays: (duration) => `Wie hier üblich (${duration})`,
      shortcuts: 'Kürzel mit einer Taste',
      shortcutsHelp: '„/“ führt zur Suche, „?“ zeigt die Kürzel.',
      mails: 'Eine E-Mail, wenn jemand um Zugriff bittet',
      mailsHelp: 'E-Mails zu Ihrer Anmeldung kommen immer.',
      save: 'Einstellungen speichern',
      saved: 'Ihre Einstellungen sind gespeichert.',
      saveFailed: 'Ihre Einstellungen wurden nicht gespeichert.',
    },
    sessions: {
      title: 'Wo Sie angemeldet sind',
      lead: 'Beenden Sie, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.',
      failed: 'Wo Sie angemeldet sind, konnte nicht gelesen werden.',
      here: 'Dieses Gerät',
      since: 'Angemeldet',
      seen: 'Zuletzt gesehen',
      end: 'Beenden',
      endOf: (browser) => `Die Anmeldung von ${browser} beenden`,
      ended: (browser) => `Die Anmeldung von ${browser} ist beendet.`,
      endFailed: 'Die Anmeldung wurde nicht beendet.',
      signOutHere: 'Diese beenden Sie im Menü mit Abmelden.',
    },
    account: {
      title: 'Wie Sie sich anmelden',
      lead: 'Das sind Seiten Ihres Kontos.',
      overview: 'Ihr Konto',
      password: 'Passwort',
      codes: 'Einmalcodes',
      passkeys: 'Passkeys',
      applications: 'Anwendungen, bei denen Sie angemeldet waren',
    },
    emergency: {
      title: 'Im Notfall',
      text: 'Ein Gerät ist verloren, oder jemand hat, was er nicht haben soll?',
      link: 'Allen Zugriff stoppen',
    },
  },
};
