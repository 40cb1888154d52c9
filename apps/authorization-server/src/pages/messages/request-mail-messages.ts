/** Messages by mail, as plain text. Names come cleaned and in one line. */
export interface RequestMailMessages {
  readonly greeting: (person: string) => string;
  /** Of a message to an owner about so many requests; about one the subject is its sentence. */
  readonly askedSubject: (count: number) => string;
  readonly askedLead: (count: number) => string;
  /** One request: the sentence of it, and through which application. */
  readonly askedLine: (request: string, application: string) => string;
  readonly askedMore: (count: number) => string;
  readonly askedWhere: (address: string) => string;
  /** Somebody without a name. */
  readonly somebody: string;
  readonly outcomeSubject: (owner: string) => string;
  /** The same where no answer came. */
  readonly noAnswerSubject: (owner: string) => string;
  readonly outcomeAllowed: (owner: string, resource: string) => string;
  /** Less than was asked for. */
  readonly outcomePartly: (owner: string, resource: string) => string;
  /** After what was given, in the one sentence of it. */
  readonly outcomeGoOn: string;
  /** Allowed, and over or taken back since. */
  readonly outcomeEnded: (owner: string, resource: string) => string;
  readonly outcomeDenied: (owner: string, resource: string) => string;
  /** The owner's own words with a no. */
  readonly outcomeReason: (owner: string, reason: string) => string;
  readonly outcomeAgain: (when: string) => string;
  readonly outcomeExpired: (owner: string, resource: string) => string;
  readonly outcomeWhere: (address: string) => string;
  readonly unasked: string;
  /** Where she can do without these messages. */
  readonly askedStop: (address: string) => string;
}
