import type { Catalogue } from '../language/language.js';

interface InvitationsMessages {
  readonly title: string;
  /** What it comes to: to do this in that place, and until when. */
  readonly offer: (deed: string, place: string, end: string) => string;
  /** Every resource of it is gone. */
  readonly nothingLeft: string;
  readonly sent: (when: string) => string;
  readonly beingSent: string;
  readonly linkWorks: (end: string) => string;
  readonly failed: string;
  readonly takeBack: string;
  readonly takenBack: (address: string) => string;
  readonly notTakenBack: string;
  readonly answered: string;
}

/** Texts of invitations that wait. */
export const INVITATIONS: Catalogue<InvitationsMessages> = {
  en: {
    title: 'Invited by e-mail',
    offer: (deed, place, end) => `Once accepted: can ${deed} in ${place} ${end}.`,
    nothingLeft: 'What was offered is gone: the link opens nothing.',
    sent: (when) => `The mail was sent ${when}.`,
    beingSent: 'The mail is being sent.',
    linkWorks: (end) => `Its link works ${end}.`,
    failed: 'Whom you have invited could not be read.',
    takeBack: 'Take back',
    takenBack: (address) => `The invitation of ${address} is taken back: its link opens nothing.`,
    notTakenBack: 'The invitation could not be taken back.',
    answered: 'This invitation was answered meanwhile.',
  },
  de: {
    title: 'Per E-Mail eingeladen',
    offer: (deed, place, end) => `Sobald angenommen: kann ${end} in ${place} ${deed}.`,
    nothingLeft: 'Was angeboten war, gibt es nicht mehr: Der Link öffnet nichts.',
    sent: (when) => `Die E-Mail wurde ${when} gesendet.`,
    beingSent: 'Die E-Mail wird gerade gesendet.',
    linkWorks: (end) => `Ihr Link gilt ${end}.`,
    failed: 'Wen Sie eingeladen haben, konnte nicht gelesen werden.',
    takeBack: 'Zurücknehmen',
    takenBack: (address) => `Die Einladung an ${address} ist zurückgenommen: Ihr Link öffnet nichts mehr.`,
    notTakenBack: 'Die Einladung ließ sich nicht zurücknehmen.',
    answered: 'Diese Einladung wurde inzwischen beantwortet.',
  },
};
