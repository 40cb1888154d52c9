import type { Catalogue } from '../language/language.js';

interface InviteMessages {
  /** Of the group of what is found. */
  readonly group: string;
  readonly option: (address: string) => string;
  readonly how: string;
  /** Where the words are no address. */
  readonly orInvite: string;
  readonly chosen: string;
  readonly submit: (address: string) => string;
  /** Before the sentence. */
  readonly onceAccepted: string;
  readonly failed: (address: string) => string;
  readonly invited: (address: string) => string;
  readonly takeBack: string;
  readonly takenBack: (address: string) => string;
  readonly notTakenBack: (address: string) => string;
}

/** Texts of invitations in the share dialog, with whose chunk they come. */
export const INVITE: Catalogue<InviteMessages> = {
  en: {
    group: 'By e-mail',
    option: (address) => `Invite ${address} by e-mail`,
    how: 'You can invite that address.',
    orInvite: 'Or type a whole e-mail address to invite somebody.',
    chosen:
      'A mail goes there, with your name and what you share. Its link works once and for seven days, for whoever signs in here with it. Check the address.',
    submit: (address) => `Invite ${address}`,
    onceAccepted: 'Once it is accepted:',
    failed: (address) => `${address} was not invited.`,
    invited: (address) => `${address} gets a mail with a link that works once and for seven days.`,
    takeBack: 'Take back',
    takenBack: (address) => `The invitation of ${address} is taken back: its link opens nothing.`,
    notTakenBack: (address) => `The invitation of ${address} could not be taken back. You find it under Access.`,
  },
  de: {
    group: 'Per E-Mail',
    option: (address) => `${address} per E-Mail einladen`,
    how: 'Sie können diese Adresse einladen.',
    orInvite: 'Oder geben Sie eine ganze E-Mail-Adresse ein, um jemanden einzuladen.',
    chosen:
      'Dorthin geht eine E-Mail mit Ihrem Namen und dem, was Sie teilen. Ihr Link gilt einmal und sieben Tage lang, für die Person, die sich damit hier anmeldet. Prüfen Sie die Adresse.',
    submit: (address) => `${address} einladen`,
    onceAccepted: 'Sobald angenommen ist:',
    failed: (address) => `${address} wurde nicht eingeladen.`,
    invited: (address) => `${address} bekommt eine E-Mail mit einem Link, der einmal und sieben Tage lang gilt.`,
    takeBack: 'Zurücknehmen',
    takenBack: (address) => `Die Einladung an ${address} ist zurückgenommen: Ihr Link öffnet nichts mehr.`,
    notTakenBack: (address) =>
      `Die Einladung an ${address} ließ sich nicht zurücknehmen. Sie finden sie unter „Zugriff“.`,
  },
};
