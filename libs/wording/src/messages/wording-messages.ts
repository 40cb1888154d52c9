import type { ActivityKind, EndReason } from '@valetkey/owner-contract';

/** Who did something: `isYou` where it is the reader, and `name` is then her pronoun. */
export interface Agent {
  readonly name: string;
  readonly isYou: boolean;
}

/** Words around times. */
export interface TimeMessages {
  /** "Sun 16 Aug 2026" of its pieces as the language writes them. */
  readonly day: (pieces: string) => string;
  readonly dayAndTime: (day: string, time: string) => string;
  /** The end of a day, and whose day it is. */
  readonly endOfDay: (day: string, zone: string) => string;
  /** A time of day, and whose. */
  readonly timeIn: (time: string, zone: string) => string;
  readonly zone: (place: string) => string;
  readonly both: (first: string, second: string) => string;
  readonly until: (end: string) => string;
  readonly from: (start: string) => string;
  readonly today: string;
  readonly starts: (start: string) => string;
  readonly ends: (end: string) => string;
  readonly nextEnds: (end: string) => string;
  readonly used: (when: string) => string;
  /** Less than a minute ago. */
  readonly justNow: string;
  readonly neverUsed: string;
  readonly refused: (when: string, wanted: string) => string;
  readonly given: (when: string) => string;
  readonly days: (count: number) => string;
  readonly weeks: (count: number) => string;
  readonly years: (count: number) => string;
  readonly noEnd: string;
}

/** Pieces of what somebody may do. */
export interface DeedMessages {
  /** Verbs and their object in the order of the language: "see and approve | purchase requests". */
  readonly phrase: (verbs: string, object: string) => string;
  readonly undescribed: { readonly verb: string; readonly object: string };
  readonly nothing: string;
  /** Before the last of several things where one of them is a list itself. */
  readonly last: string;
  readonly more: (count: number) => string;
  readonly many: (count: number) => string;
}

/** Sentences about access. `deed` is what {@link DeedMessages} makes; `place` the resources, '' where there are none. */
export interface AccessMessages {
  readonly can: (who: string, deed: string, place: string, rest: string) => string;
  readonly could: (who: string, deed: string, place: string, rest: string) => string;
  readonly canNoMore: (who: string, deed: string, place: string) => string;
  /** The same without who it is: in a list under the name. */
  readonly canInList: (deed: string, place: string, rest: string) => string;
  readonly couldInList: (deed: string, place: string, rest: string) => string;
  readonly youCan: (deed: string, place: string, owner: string, rest: string) => string;
  readonly youCould: (deed: string, place: string, owner: string, rest: string) => string;
  /** "from today until …": the pieces that there are. */
  readonly span: (from: string, until: string) => string;
  readonly through: (application: string) => string;
  readonly endsByItself: string;
  readonly rests: string;
  readonly over: Readonly<Record<EndReason, (when: string) => string>>;
  readonly overByOwner: (owner: string, when: string) => string;
  readonly overSomehow: (when: string) => string;
}

/** What requesting parties ask for. */
export interface RequestMessages {
  readonly asks: (who: string, deed: string, place: string) => string;
  readonly asksYou: (owner: string, deed: string, place: string) => string;
  readonly asked: (who: string, deed: string, place: string) => string;
}

/** Kinds of lines about the account alone. */
export type AccountMoment = Extract<
  ActivityKind,
  | 'session_ended'
  | 'sessions_ended'
  | 'password_changed'
  | 'app_added'
  | 'app_removed'
  | 'recovery_codes_made'
  | 'recovery_codes_removed'
  | 'passkey_added'
  | 'passkey_removed'
>;

/** Lines of activity. `sentence` is the sentence of truth; `who` absent: it happened by itself. */
export interface ActivityMessages {
  readonly somebody: string;
  readonly you: string;
  readonly asked: (request: string) => string;
  readonly approved: (who: Agent | undefined, sentence: string) => string;
  readonly denied: (who: Agent | undefined, request: string) => string;
  readonly requestExpired: (request: string) => string;
  readonly given: (who: Agent | undefined, sentence: string) => string;
  readonly changed: (who: Agent | undefined, sentence: string) => string;
  readonly removed: (who: Agent | undefined, sentence: string) => string;
  readonly givenBack: (who: Agent | undefined, sentence: string) => string;
  readonly ended: (sentence: string) => string;
  readonly stopped: (who: Agent | undefined, holder: string) => string;
  readonly stoppedAll: (who: Agent | undefined) => string;
  readonly handedOver: (who: Agent | undefined, sentence: string) => string;
  readonly handoverEnded: (holder: string) => string;
  /** What somebody is invited to: to do this in that place. */
  readonly offer: (deed: string, place: string) => string;
  readonly invited: (who: Agent | undefined, address: string, offer: string) => string;
  readonly invitationTakenBack: (who: Agent | undefined, address: string, offer: string) => string;
  readonly invitationAccepted: (address: string, holder: string, sentence: string) => string;
  readonly invitationDeclined: (address: string, offer: string) => string;
  readonly used: (who: string, place: string, deed: string, through: string) => string;
  readonly usedPlain: (who: string, deed: string, through: string) => string;
  readonly refused: (who: string, deed: string, place: string, through: string) => string;
  readonly by: (application: string) => string;
  readonly registered: (service: string, resources: string) => string;
  readonly unregistered: (service: string, resources: string) => string;
  readonly signedIn: (who: Agent) => string;
  readonly signedOut: (who: Agent) => string;
  readonly reopened: (who: Agent | undefined, request: string) => string;
  /** What concerns nothing but the account. */
  readonly account: Readonly<Record<AccountMoment, (who: Agent | undefined) => string>>;
  /** What each kind of line is called, where lines are chosen by it. */
  readonly kinds: Readonly<Record<ActivityKind, string>>;
  /** Heads of the table of lines. */
  readonly heads: readonly [
    at: string,
    kind: string,
    who: string,
    through: string,
    actor: string,
    resources: string,
    permissions: string,
    until: string,
    reference: string,
  ];
}

/** What is said shortly, after something was done. */
export interface ShortMessages {
  readonly hasAccess: (who: string, until: string) => string;
  readonly hasAccessAgain: (who: string, until: string) => string;
  readonly asksAgain: (who: string, until: string) => string;
  readonly hasNoAccess: (who: string) => string;
  readonly tokensEnded: (count: number) => string;
  readonly stillValid: (until: string) => string;
  readonly denied: (who: string) => string;
  readonly covers: (who: string, count: number, until: string) => string;
  readonly everythingEnded: (counts: string) => string;
  readonly people: (count: number) => string;
  readonly applications: (count: number) => string;
  readonly groups: (count: number) => string;
  readonly onlyYou: string;
  readonly nobody: string;
}

/** Every word of the sentences in one language, but for {@link ActivityMessages}; what one language lacks does not compile. */
export interface WordingMessages {
  readonly time: TimeMessages;
  readonly deeds: DeedMessages;
  readonly access: AccessMessages;
  readonly requests: RequestMessages;
  readonly short: ShortMessages;
}
