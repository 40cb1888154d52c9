import type { InvitationMessages } from './invitation-messages.js';

/** German. */
export const deInvitations: InvitationMessages = {
  title: (owner) => `${owner} lädt Sie ein`,
  lead: 'Wenn Sie annehmen, gilt:',
  says: (owner, note) => `${owner} schreibt: „${note}“`,
  forAccount: (account) => `Es wird für das Konto ${account} freigegeben, und für kein anderes.`,
  sentTo: (address) => `Die Einladung ging an ${address}.`,
  ownerLearns: (owner) => `${owner} sieht den Namen des Kontos, das annimmt.`,
  accept: 'Annehmen',
  decline: 'Ablehnen',
  changed: 'Das Angebot hat sich inzwischen geändert. Es wurde nichts angenommen: Bitte sehen Sie noch einmal hin.',
  ownTitle: 'Das ist Ihre eigene Einladung',
  own: (address) =>
    `Sie haben ${address} eingeladen. Nur jemand anders kann das annehmen. Zurücknehmen können Sie es dort, wo Sie sehen, wer Zugriff hat.`,
  toAccess: 'Wer Zugriff hat',
  toShared: 'Was andere für Sie freigeben',
  mailSubject: (owner, host) => `${owner} gibt auf ${host} etwas für Sie frei`,
  mailGreeting: 'Guten Tag,',
  mailLead: (owner, host) => `${owner} lädt Sie auf ${host} ein. Wenn Sie annehmen, gilt:`,
  mailLink: (address, days) =>
    `Zum Annehmen oder Ablehnen öffnen Sie diesen Link:\n${address}\n\nEr gilt einmal und ${days === 1 ? 'einen Tag' : `${days} Tage`} lang. Geben Sie ihn nicht weiter: Wer ihn hat, kann an Ihrer Stelle annehmen.`,
  mailAccount: (host) =>
    `Zum Annehmen melden Sie sich mit einem Konto bei ${host} an. Wenn Sie keines haben, fragen Sie die Person, die Sie einlädt, wie Sie eines bekommen.`,
  mailUnexpected:
    'Wenn Sie das nicht erwartet haben, müssen Sie nichts tun: Es geschieht nichts, und der Link endet von selbst. Nennen Sie niemandem Ihr Passwort, der wegen dieser Nachricht danach fragt.',
};
