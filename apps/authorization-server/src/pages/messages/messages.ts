import type { PersonClaim } from '@valetkey/protocol';
import type { PersonalMessages } from './account-messages.js';
import type { DeviceMessages } from './device-messages.js';
import type { InvitationMessages } from './invitation-messages.js';
import type { RequestMailMessages } from './request-mail-messages.js';
import type { SecurityMailMessages } from './security-mail-messages.js';

/** Languages that the pages speak. */
export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * Every text of the pages, one namespace a page. Names and times come as arguments; a sentence is never put together from
 * pieces. A text that a language lacks does not compile. Words: share, give access, end, request, allow, deny; never the
 * vocabulary of the protocols.
 */
export interface Messages extends PersonalMessages {
  readonly locale: Locale;
  readonly frame: FrameMessages;
  readonly signIn: SignInMessages;
  readonly secondStep: SecondStepMessages;
  readonly consent: ConsentMessages;
  readonly claims: ClaimsMessages;
  readonly waiting: WaitingMessages;
  readonly device: DeviceMessages;
  readonly invitation: InvitationMessages;
  readonly result: ResultMessages;
  readonly partner: PartnerMessages;
  readonly signOut: SignOutMessages;
  readonly formPost: FormPostMessages;
  readonly leaving: LeavingMessages;
  readonly errors: ErrorMessages;
  readonly requestMails: RequestMailMessages;
  readonly securityMails: SecurityMailMessages;
}

export interface FrameMessages {
  readonly help: string;
  /** Of a console, where nothing shows without one. */
  readonly needsScript: string;
  /** Title of the box that lists what to correct. */
  readonly problem: string;
  readonly technical: string;
  readonly backTo: (application: string) => string;
  readonly goBackAndStartAgain: (application: string) => string;
  readonly verified: string;
  readonly by: (publisher: string) => string;
  /** @param isMore - there are more than that */
  readonly usedBy: (people: number, isMore: boolean) => string;
  readonly itSays: (purpose: string) => string;
  readonly cancel: string;
  readonly signedInAs: (account: string) => string;
  readonly notYou: string;
  readonly reference: (reference: string) => string;
  /** Of the server. */
  readonly startPage: string;
}

export interface SignInMessages {
  readonly title: string;
  readonly toGoOn: (application: string) => string;
  readonly again: string;
  readonly stronger: string;
  readonly name: string;
  readonly password: string;
  readonly submit: string;
  readonly forgotten: string;
  readonly withPasskey: string;
  readonly or: string;
  readonly withPartner: (partner: string) => string;
  readonly lastUsed: string;
  readonly partnerDown: (partner: string, since: string) => string;
  readonly refused: string;
  readonly wait: (when: string) => string;
  readonly expired: string;
  readonly signedOut: string;
}

export interface SecondStepMessages {
  readonly title: string;
  readonly lead: string;
  /** For who is signed in already, and needs more than that. */
  readonly leadSignedIn: string;
  readonly code: string;
  readonly codeHelp: string;
  readonly recoveryCode: string;
  readonly recoveryCodeHelp: string;
  readonly useRecoveryCode: string;
  readonly useApp: string;
  readonly submit: string;
  readonly passkey: string;
  readonly passkeyHelp: string;
  readonly otherWays: string;
  readonly wrong: string;
  /** Of one on paper: no other one is shown anywhere. */
  readonly wrongRecoveryCode: string;
  /** Before a wait. */
  readonly triesLeft: (count: number) => string;
  readonly wait: (when: string) => string;
}

export interface ConsentMessages {
  readonly title: (application: string) => string;
  readonly titleSignIn: (application: string) => string;
  readonly required: string;
  readonly identity: string;
  readonly optional: string;
  readonly isNew: string;
  readonly changed: string;
  /** Of any page that asks: it says something else than the one that was answered. */
  readonly changedMeanwhile: string;
  readonly claims: Readonly<Record<PersonClaim, string>>;
  readonly resource: (resource: string) => string;
  readonly resources: string;
  readonly allOfThese: string;
  /** Of a permission that is of no use without that choice. */
  readonly onlyAt: (resource: string) => string;
  /** None was chosen. */
  readonly chooseResource: string;
  readonly chooseDuration: string;
  readonly duration: string;
  readonly once: string;
  readonly days: (count: number) => string;
  readonly untilEnded: string;
  /** Beside a number of days. */
  readonly endsOn: (day: string) => string;
  /** Before the choice of an end, which holds for what was allowed before, too. */
  readonly endsNow: (day: string) => string;
  readonly endlessNow: string;
  readonly holdsForAll: string;
  readonly onceApart: (once: string) => string;
  readonly already: string;
  readonly returnToHost: (host: string) => string;
  readonly returnToApplication: (application: string, scheme: string) => string;
  readonly endAnyTime: string;
  readonly deny: string;
  readonly allow: string;
  readonly suspended: (application: string) => string;
  readonly suspendedHelp: string;
  /** For operators: nothing here can be decided. */
  readonly preview: string;
  readonly samplePerson: string;
  readonly terms: (application: string) => string;
  readonly privacy: (application: string) => string;
}

export interface ClaimsMessages {
  readonly title: (owner: string) => string;
  readonly lead: (resource: string, owner: string) => string;
  /** Who she is here is said in any case. */
  /** To the owner, who looks at what a party would be asked. */
  readonly yours: string;
  readonly identity: string;
  readonly facts: { readonly name: string; readonly username: string; readonly email: string };
  /** Why each is asked for. */
  readonly reasons: { readonly name: string; readonly username: string; readonly email: string };
  readonly seenByNobody: string;
  readonly keptFor: (days: number) => string;
  /** @param after - days that it stays after what is shared has ended */
  readonly keptWithShare: (days: number, after: number) => string;
  readonly why: (reason: string) => string;
  readonly seenBy: (readers: string) => string;
  readonly kept: (duration: string) => string;
  readonly decline: string;
  /** What comes of it. */
  readonly declined: (fact: string) => string;
  readonly fromPartner: (partner: string) => string;
  readonly partnerHelp: string;
  readonly submit: string;
  readonly cancel: string;
  /** Of a fact that the account has not: who could say it. */
  readonly lacking: string;
  /** Who else could say more, why it cannot be typed, and what comes without it. */
  readonly others: (issuers: string, owner: string) => string;
  readonly yourReason: string;
  readonly yourReasonHelp: (owner: string) => string;
  readonly changedMeanwhile: string;
  readonly nothingSent: string;
}

export interface WaitingMessages {
  readonly titleAsked: (owner: string) => string;
  readonly titleAllowed: (owner: string) => string;
  readonly titlePartly: (owner: string) => string;
  readonly titleEnded: (owner: string) => string;
  readonly titleDenied: (owner: string) => string;
  readonly titleExpired: string;
  readonly asked: string;
  readonly askedNoMail: string;
  /** Before an address that stays good. */
  readonly lasting: string;
  readonly mailMe: string;
  readonly allowed: string;
  readonly allowedFrom: (when: string) => string;
  readonly allowedLess: string;
  /** Where it is no request of who is signed in. */
  readonly titleNotYours: string;
  readonly notYours: string;
  readonly ended: string;
  readonly denied: string;
  readonly deniedBecause: (reason: string) => string;
  readonly againFrom: (when: string) => string;
  readonly againNow: string;
  readonly expired: (owner: string) => string;
  readonly answerYourself: string;
  readonly youAskedFor: string;
  readonly youGot: string;
  readonly on: (resource: string) => string;
  readonly since: (when: string) => string;
  readonly checkAgain: string;
  /** What the page says of itself where scripts run. */
  readonly looking: string;
  readonly answered: string;
  readonly looksNoMore: string;
}

/** Outcomes: a title, and a line on what it means or what comes next. */
export interface ResultMessages {
  readonly outcomes: Readonly<Record<ResultOutcome, { readonly title: string; readonly line: string }>>;
}

export type ResultOutcome =
  | 'signed_out'
  | 'still_signed_in'
  | 'device_allowed'
  | 'device_denied'
  | 'claims_sent'
  | 'claims_declined'
  | 'invitation_accepted'
  | 'invitation_declined'
  | 'invitation_over'
  | 'recovery_sent'
  | 'recovery_expired'
  | 'password_recovered'
  | 'password_changed'
  | 'one_time_codes_on'
  | 'one_time_codes_off'
  | 'nothing_changed';

export interface PartnerMessages {
  readonly title: (partner: string) => string;
  readonly line: (partner: string) => string;
  readonly nothingHappened: string;
  readonly whatToDo: string;
  readonly tryAgainHint: string;
  readonly tell: (partner: string) => string;
  readonly tryAgain: string;
  readonly otherWay: string;
}

export interface SignOutMessages {
  readonly title: string;
  readonly lead: (account: string) => string;
  readonly askedBy: (application: string) => string;
  readonly effect: string;
  readonly stay: string;
  readonly submit: string;
}

export interface FormPostMessages {
  readonly title: (application: string) => string;
  readonly lead: string;
  readonly submit: (application: string) => string;
}

/** Before an address that nobody here vouches for. */
export interface LeavingMessages {
  readonly title: string;
  readonly lead: string;
  readonly toHost: (host: string) => string;
  readonly toApplication: (scheme: string) => string;
  readonly unknown: (application: string) => string;
  readonly go: (host: string) => string;
  readonly open: string;
}

/** Titles and lines of pages on which nothing went on. What happened, what it means, what to do; no codes. */
export interface ErrorMessages {
  readonly nothingChanged: string;
  /** Of a question that cannot be answered any more; where to begin anew comes behind it. */
  readonly over: string;
  readonly lines: Readonly<Record<ErrorLine, { readonly title: string; readonly line: string }>>;
}

export type ErrorLine =
  /** The application's link cannot be trusted or read: no redirect. */
  | 'bad_request'
  /** Its client or return address is not registered. */
  | 'unknown_application'
  /** The transaction is over, used up, or of another browser. */
  | 'expired'
  /** The form did not come from our page. */
  | 'forged_form'
  | 'not_found'
  | 'wrong_method'
  | 'too_large'
  | 'too_many'
  | 'not_allowed'
  | 'busy'
  | 'fault';
