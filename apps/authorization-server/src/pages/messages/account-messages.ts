/** What concerns a person's own account. */
export interface PersonalMessages {
  readonly account: AccountMessages;
  readonly recoveryCodes: RecoveryCodeMessages;
  readonly passkeys: PasskeyMessages;
  readonly mail: MailMessages;
}

/** The page from which a person looks after her account. */
export interface AccountMessages {
  readonly title: string;
  readonly lead: string;
  readonly back: string;
  readonly password: string;
  readonly changed: (when: string) => string;
  readonly noPassword: string;
  readonly changePassword: string;
  readonly codes: string;
  readonly codesOn: string;
  readonly codesOff: string;
  readonly codesLeft: (count: number) => string;
  readonly manageCodes: string;
  readonly passkeys: string;
  readonly passkeyCount: (count: number) => string;
  readonly managePasskeys: string;
  readonly sessions: string;
  readonly sessionsLine: string;
  readonly showSessions: string;
  readonly signOut: string;
}

/** One-time codes that are on or off, and the codes for the day when the app is lost. */
export interface RecoveryCodeMessages {
  readonly title: string;
  readonly on: string;
  readonly off: string;
  readonly left: (count: number) => string;
  readonly begin: string;
  readonly another: string;
  readonly renew: string;
  readonly remove: string;
  readonly shownTitle: string;
  readonly shownLead: string;
  readonly shownOnce: string;
  readonly kept: string;
}

export interface PasskeyMessages {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly made: (when: string) => string;
  readonly used: (when: string) => string;
  readonly neverUsed: string;
  readonly synced: string;
  readonly unnamed: string;
  readonly remove: string;
  readonly removeOne: (passkey: string) => string;
  readonly add: string;
  readonly addTitle: string;
  readonly addLead: string;
  readonly name: string;
  readonly nameHelp: string;
  readonly create: string;
  readonly useTitle: string;
  readonly useLead: string;
  readonly use: string;
  readonly needsScript: string;
  readonly unsupported: string;
  readonly refused: string;
  readonly otherWay: string;
}

/** Messages by mail, in plain text. A link in one opens a page and never decides anything by being opened. */
export interface MailMessages {
  readonly recoverySubject: (host: string) => string;
  readonly recoveryText: (person: string, link: string, minutes: number) => string;
}
