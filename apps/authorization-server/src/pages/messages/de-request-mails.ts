import type { RequestMailMessages } from './request-mail-messages.js';

/** German. */
export const deRequestMails: RequestMailMessages = {
  greeting: (person) => `Guten Tag ${person},`,
  askedSubject: (count) => `${count} Anfragen warten auf Ihre Antwort`,
  askedLead: (count) =>
    count === 1 ? 'Jemand bittet Sie, etwas zu teilen:' : `Es gibt ${count} Anfragen, etwas von Ihnen zu teilen:`,
  askedLine: (request, application) => `- ${request}, mit der Anwendung „${application}“`,
  askedMore: (count) => `- und ${count} weitere`,
  askedWhere: (address) => `Erlauben oder ablehnen können Sie es hier: ${address}`,
  somebody: 'Jemand ohne Namen',
  outcomeSubject: (owner) => `${owner} hat geantwortet`,
  noAnswerSubject: (owner) => `${owner} hat nicht rechtzeitig geantwortet`,
  outcomeAllowed: (owner, resource) => `${owner} hat erlaubt, worum Sie für „${resource}“ gebeten haben.`,
  outcomePartly: (owner, resource) =>
    `${owner} hat einen Teil davon erlaubt, worum Sie für „${resource}“ gebeten haben.`,
  outcomeGoOn: 'Gehen Sie zurück zur Anwendung, um fortzufahren.',
  outcomeEnded: (owner, resource) =>
    `${owner} hatte erlaubt, worum Sie für „${resource}“ gebeten haben; das gilt nicht mehr. Sie können in der Anwendung noch einmal fragen.`,
  outcomeDenied: (owner, resource) => `${owner} hat nicht erlaubt, worum Sie für „${resource}“ gebeten haben.`,
  outcomeReason: (owner, reason) => `${owner} schreibt dazu: „${reason}“`,
  outcomeAgain: (when) => `Sie können wieder darum bitten ab ${when}.`,
  outcomeExpired: (owner, resource) =>
    `${owner} hat zu „${resource}“ nicht rechtzeitig geantwortet. Sie können in der Anwendung noch einmal fragen.`,
  outcomeWhere: (address) => `Worum Sie gebeten haben: ${address}`,
  askedStop: (address) => `Wenn Sie diese Nachrichten nicht wünschen: ${address}`,
  unasked: 'Wenn Sie davon nichts wissen, müssen Sie nichts tun: Ohne Antwort wird nichts geteilt.',
};
