/** What the owner may choose, and what the operator set. Days. */
export interface SharingRules {
  readonly default_days: number;
  readonly application_default_days: number;
  /** Longest that one may choose; `null`: as long as one likes. */
  readonly longest_days: number | null;
  readonly no_end: boolean;
  /** What the directory answers: people by parts of their names, by their whole address or user name only, or not at all. */
  readonly directory: 'names' | 'exact' | 'none';
  /** Whether people may be invited by e-mail whom the directory does not find. */
  readonly invitations: boolean;
}

/** GET /me/session: who is signed in at this browser. Only a session gets it, no bearer token. */
export interface SessionView {
  /** Sent back as `X-CSRF-Token` with every change. */
  readonly csrf_token: string;
  readonly person: {
    /** A handle, as in `SubjectView`. */
    readonly id: string;
    readonly name: string;
    readonly short_name: string;
    readonly username?: string;
    readonly email?: string;
  };
  readonly is_operator: boolean;
  readonly settings: OwnerSettings;
  readonly languages: readonly string[];
  readonly sharing: SharingRules;
  readonly server_name: string;
  readonly help_url?: string;
  /** ISO instant at which the session ends whatever is done. */
  readonly ends_at: string;
}

/** GET and PUT /me/settings; `null`: as the browser says. */
export interface OwnerSettings {
  readonly language: string | null;
  readonly time_zone: string | null;
  readonly default_days: number | null;
  /** Single-key shortcuts (WCAG 2.1.4). */
  readonly shortcuts: boolean;
  readonly request_mails: boolean;
}

/** One of GET /me/sessions. */
export interface SignInSessionRow {
  readonly id: string;
  readonly current: boolean;
  readonly browser: string;
  readonly signed_in_at: string;
  readonly last_seen_at: string;
}
