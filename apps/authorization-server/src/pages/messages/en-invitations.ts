import type { InvitationMessages } from './invitation-messages.js';

/** English. */
export const enInvitations: InvitationMessages = {
  title: (owner) => `${owner} invites you`,
  lead: 'If you accept, this holds:',
  says: (owner, note) => `${owner} says: “${note}”`,
  forAccount: (account) => `It is shared with the account ${account}, and with no other.`,
  sentTo: (address) => `The invitation was sent to ${address}.`,
  ownerLearns: (owner) => `${owner} sees the name of the account that accepts.`,
  accept: 'Accept',
  decline: 'Decline',
  changed: 'What is offered changed in the meantime. Nothing was accepted: please look again.',
  ownTitle: 'This is your own invitation',
  own: (address) =>
    `You invited ${address}. Only somebody else can accept it. You can take it back where you see who has access.`,
  toAccess: 'Who has access',
  toShared: 'What others share with you',
  mailSubject: (owner, host) => `${owner} shares something with you at ${host}`,
  mailGreeting: 'Hello,',
  mailLead: (owner, host) => `${owner} invites you at ${host}. If you accept, this holds:`,
  mailLink: (address, days) =>
    `To accept or to decline, open this link:\n${address}\n\nIt works once and for ${days === 1 ? 'one day' : `${days} days`}. Do not pass it on: whoever has it can accept in your place.`,
  mailAccount: (host) =>
    `To accept, you sign in with an account at ${host}. If you have none, ask the person who invited you how to get one.`,
  mailUnexpected:
    'If you did not expect this, you need not do anything: nothing happens, and the link ends by itself. Never give your password to anybody who asks for it because of this message.',
};
