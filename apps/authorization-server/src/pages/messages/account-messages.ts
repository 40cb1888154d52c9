/** What concerns a person's own account. */
export interface PersonalMessages {
  readonly account: AccountMessages;
  readonly recoveryCodes: RecoveryCodeMessages;
  readonly passkeys: PasskeyMessages;
  readonly mail: MailMessages;
  readonly recovery: RecoveryMessages;
  readonly newPassword: NewPasswordMessages;
  readonly oneTimeCodes: OneTimeCodeMessages;
  readonly sessions: SessionMessages;
  readonly notices: NoticeMessages;
  readonly applications: ApplicationsMessages;
  readonly front: FrontMessages;
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
  readonly notices: string;
  readonly noticesLine: string;
  readonly chooseNotices: string;
  readonly applications: string;
  readonly applicationsLine: string;
  readonly showApplications: string;
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

/** Applications with access to what is hers. */
export interface ApplicationsMessages {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  /** Who uses it, where that is not herself. */
  readonly usedBy: (person: string) => string;
  /** What she is called where nothing is known of her but who vouches for her. */
  readonly unnamed: (issuer: string) => string;
  /** Before names of resources. */
  readonly on: string;
  readonly moreResources: (count: number) => string;
  readonly morePermissions: (count: number) => string;
  readonly resting: string;
  readonly since: (when: string) => string;
  readonly used: (when: string) => string;
  readonly neverUsed: string;
  readonly until: (when: string) => string;
  readonly untilEnded: string;
  /** Of tokens that others read without asking here: "in 10 minutes". */
  readonly lingers: (wait: string) => string;
  readonly end: string;
  /** Begin with {@link end}. */
  readonly endOne: (application: string) => string;
  readonly endOneOf: (application: string, person: string) => string;
  readonly ended: string;
  readonly endedUntil: (when: string) => string;
  readonly more: string;
}

/** The page at the server's own address. */
export interface FrontMessages {
  readonly title: string;
  readonly lead: string;
  readonly accountLine: string;
  readonly deviceLine: string;
  readonly forDevelopers: string;
}

/** Which mails a person gets. */
export interface NoticeMessages {
  readonly title: string;
  readonly lead: (address: string) => string;
  readonly noAddress: string;
  readonly requests: string;
  readonly on: string;
  readonly off: string;
  readonly switchOn: string;
  readonly switchOff: string;
  readonly security: string;
  readonly always: string;
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
  readonly last: string;
  readonly rename: string;
  readonly renameOne: (passkey: string) => string;
  readonly renameTitle: string;
  readonly renameLead: (passkey: string) => string;
  readonly nameMissing: string;
  readonly nameTooLong: string;
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

export interface RecoveryMessages {
  readonly title: string;
  readonly lead: string;
  readonly name: string;
  readonly submit: string;
  readonly back: string;
  readonly wait: (when: string) => string;
}

export interface NewPasswordMessages {
  readonly title: string;
  readonly lead: (account: string) => string;
  readonly current: string;
  readonly password: string;
  readonly help: (least: number) => string;
  readonly repeat: string;
  readonly submit: string;
  readonly endsOthers: string;
  readonly tooShort: (least: number) => string;
  readonly tooLong: string;
  readonly tooCommon: string;
  readonly different: string;
  readonly currentWrong: string;
  readonly same: string;
}

export interface OneTimeCodeMessages {
  readonly title: string;
  readonly lead: string;
  readonly stepScan: string;
  readonly picture: string;
  readonly onThisDevice: string;
  readonly byHand: string;
  readonly secret: string;
  readonly stepCode: string;
  readonly code: string;
  readonly codeHelp: string;
  readonly wrong: string;
  readonly submit: string;
}

export interface SessionMessages {
  readonly title: string;
  readonly lead: string;
  readonly thisOne: string;
  readonly signedIn: (when: string) => string;
  readonly lastSeen: (when: string) => string;
  readonly from: (address: string) => string;
  readonly end: string;
  readonly endOne: (device: string) => string;
  readonly endOthers: string;
  readonly onlyThis: string;
  readonly ended: (count: number) => string;
  readonly more: string;
  readonly unknownDevice: string;
  readonly browserOn: (browser: string, system: string) => string;
}
