/** Invitations by e-mail: the page that a link leads to, and the mail that brings it. */
export interface InvitationMessages {
  readonly title: (owner: string) => string;
  /** Before the sentence of what is offered. */
  readonly lead: string;
  /** Her own words. */
  readonly says: (owner: string, note: string) => string;
  /** Who gets it, and where the invitation went. */
  readonly forAccount: (account: string) => string;
  readonly sentTo: (address: string) => string;
  readonly ownerLearns: (owner: string) => string;
  readonly accept: string;
  readonly decline: string;
  readonly changed: string;
  /** To the owner herself. */
  readonly ownTitle: string;
  readonly own: (address: string) => string;
  readonly toAccess: string;
  readonly toShared: string;
  readonly mailSubject: (owner: string, host: string) => string;
  readonly mailGreeting: string;
  readonly mailLead: (owner: string, host: string) => string;
  readonly mailLink: (address: string, days: number) => string;
  readonly mailAccount: (host: string) => string;
  readonly mailUnexpected: string;
}
