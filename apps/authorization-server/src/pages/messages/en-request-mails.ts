import type { RequestMailMessages } from './request-mail-messages.js';

/** English. */
export const enRequestMails: RequestMailMessages = {
  greeting: (person) => `Hello ${person},`,
  askedSubject: (count) => `${count} requests wait for your answer`,
  askedLead: (count) =>
    count === 1 ? 'Somebody asks you to share something:' : `There are ${count} requests to share something of yours:`,
  askedLine: (request, application) => `- ${request}, with the application “${application}”`,
  askedMore: (count) => `- and ${count} more`,
  askedWhere: (address) => `You can allow or deny it here: ${address}`,
  somebody: 'Somebody without a name',
  outcomeSubject: (owner) => `${owner} has answered`,
  noAnswerSubject: (owner) => `${owner} has not answered in time`,
  outcomeAllowed: (owner, resource) => `${owner} has allowed what you asked for “${resource}”.`,
  outcomePartly: (owner, resource) => `${owner} has allowed a part of what you asked for “${resource}”.`,
  outcomeGoOn: 'Go back to the application to go on.',
  outcomeEnded: (owner, resource) =>
    `${owner} had allowed what you asked for “${resource}”, but that has ended. You can ask again from the application.`,
  outcomeDenied: (owner, resource) => `${owner} has not allowed what you asked for “${resource}”.`,
  outcomeReason: (owner, reason) => `${owner} says: “${reason}”`,
  outcomeAgain: (when) => `You can ask for it again from ${when}.`,
  outcomeExpired: (owner, resource) =>
    `${owner} did not answer in time about “${resource}”. You can ask again from the application.`,
  outcomeWhere: (address) => `What you asked for: ${address}`,
  askedStop: (address) => `If you do not want these messages: ${address}`,
  unasked: 'If you know nothing of this, you need not do anything: nothing is shared without an answer.',
};
