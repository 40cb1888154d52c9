import type { ResourceName } from './resource.js';
import type { ScopeView } from './scope.js';
import type { SubjectView } from './subject.js';

/**
 * How access came about: `share` by the owner's own hand, `invitation` by a mail that its holder accepted, `request` by her yes to one,
 * `handover` while she is away, `consent` at an application's page, `operator` by whoever runs the server, who connected an application
 * for her.
 */
export type AccessOrigin = 'share' | 'invitation' | 'request' | 'handover' | 'consent' | 'operator';

/**
 * `starting`: its first day is still to come. `suspended`: it opens nothing at present, because its holder's account rests, because whoever
 * runs the server suspended the application, or because the owner ended what came of the share; the share opens again when she changes it.
 */
export type AccessState = 'starting' | 'active' | 'suspended' | 'ended';

export type EndReason = 'owner' | 'expired' | 'stopped' | 'handover_over' | 'resource_removed' | 'holder' | 'operator';

/** One row of GET /me/access: who holds what. All instants are ISO. */
export interface AccessRow {
  /** `share:<policy id>` or `grant:<authorization id>`. */
  readonly id: string;
  readonly version: string;
  readonly origin: AccessOrigin;
  readonly state: AccessState;
  readonly holder: SubjectView;
  /** The application through which alone a person may use it. */
  readonly through?: SubjectView;
  /** The first ones; `resource_count` says how many there are. None for what is about the person herself. */
  readonly resources: readonly ResourceName[];
  readonly resource_count: number;
  readonly scopes: readonly ScopeView[];
  readonly from?: string;
  /** Absent: no end. Exclusive: access is over at this instant. */
  readonly until?: string;
  readonly given_at: string;
  readonly last_used_at?: string;
  readonly last_refused?: {
    readonly at: string;
    readonly scopes: readonly ScopeView[];
    readonly through?: SubjectView;
  };
  readonly handover_id?: string;
  /**
   * The holder is the service that keeps the owner's things, and asks by this access who may use them: its end lets nobody in any more,
   * and only the service can connect again. DELETE /me/access/:id wants `?cut_off=true` for it.
   */
  readonly keeps_the_data?: true;
  readonly note?: string;
  readonly ended_at?: string;
  readonly ended_by?: EndReason;
}

/** One hop between the owner and her data. */
export interface ChainHop {
  readonly subject: SubjectView;
  /** `owner`, `holder`, then who acted for the one before, and the service that keeps the data last. */
  readonly role: 'owner' | 'holder' | 'actor' | 'service';
  readonly first_seen_at?: string;
  readonly last_seen_at?: string;
  /** Allowed, but not seen yet. */
  readonly unseen?: true;
}

/** GET /me/access/:id */
export interface AccessView extends AccessRow {
  /** Most recent first. */
  readonly history: readonly ActivityRow[];
  /** Most recently used first, three at most; `chain_count` says how many there are. */
  readonly chains: readonly { readonly hops: readonly ChainHop[]; readonly last_used_at?: string }[];
  readonly chain_count: number;
  readonly tokens: { readonly alive: number; readonly self_contained_until?: string };
  readonly technical: Readonly<Record<string, string>>;
}

/** `ending_7_days`: on one of the next seven days of the owner's calendar. */
export type AccessFilter = 'all' | 'never_used' | 'unused_90_days' | 'no_end' | 'ending_7_days';

/** GET /me/access */
export interface AccessList {
  readonly items: readonly AccessRow[];
  readonly next_cursor?: string;
  readonly counts: Readonly<Record<AccessFilter, number>> & { readonly people: number; readonly applications: number };
  readonly computed_at: string;
}

/** What an end did. DELETE /me/access/:id, POST /me/stop, DELETE /me/handovers/:id */
export interface RevocationResult {
  readonly ended: {
    readonly accesses: number;
    readonly tokens: number;
    readonly people: number;
    readonly applications: number;
  };
  /** Until when a token that is read without asking this server may still be taken. */
  readonly still_valid_until?: string;
  readonly could_not_end: readonly { readonly what: string; readonly why: string }[];
  /** Handles for POST /me/removed/:id/give-back. */
  readonly removed: readonly string[];
}

/** One row of GET /me/removed: what ended in the last seven days, and may come back on the same terms. */
export interface RemovedRow extends AccessRow {
  readonly removed_id: string;
  /** Absent where there is nothing to give back: the end had come, or the resource is gone. */
  readonly give_back_until?: string;
}

/** POST /me/removed/:id/give-back: what came back, under an id of its own. */
export interface GivenBackRow extends AccessRow {
  /** Its application has no tokens of it: it gets them when it asks for them again. */
  readonly asks_again?: true;
}

/** Body of POST /me/shares. One write: all of it or nothing. */
export interface ShareDraft {
  /** 1 to 100. */
  readonly resource_ids: readonly string[];
  /** A handle of the directory. */
  readonly subject: string;
  readonly through?: string;
  readonly scopes: readonly string[];
  readonly from?: string;
  /** `null` only where the operator allows access without an end. */
  readonly until: string | null;
  readonly note?: string;
}

/** Body of PUT /me/shares/:id with If-Match; 412 brings the present one as `current`. */
export type ShareChange = Pick<ShareDraft, 'scopes' | 'from' | 'until'>;

/** GET /me/directory?q=&resource_id= */
export interface DirectoryAnswer {
  readonly people: readonly DirectoryEntry[];
  readonly applications: readonly DirectoryEntry[];
  /** There are more: type more letters. */
  readonly more: boolean;
}

export interface DirectoryEntry extends SubjectView {
  /** What it holds of the resource that was named. */
  readonly current?: AccessRow;
}

/** GET /me/applications/:handle: an application that the owner can give access to. */
export interface ApplicationView {
  readonly subject: SubjectView;
  /** What it may be given at all, in words; what else is registered with a resource is of no use to it. */
  readonly scopes: readonly ScopeView[];
}

/** GET /me/stop?subject=: what would end. */
export interface StopPreview {
  readonly accesses: number;
  readonly people: number;
  readonly applications: number;
  readonly sessions: number;
  /** Services that keep the owner's things: their access stays, since they ask by it who may use the things. */
  readonly stays: readonly SubjectView[];
}

/** Body of POST /me/stop. */
export interface StopDraft {
  /** A holder's handle; absent: everybody. */
  readonly subject?: string;
  readonly sign_out: boolean;
}

/** One of GET /me/check-up; worst first. Answers: POST /me/check-up/:id/keep, PUT /me/shares/:id, DELETE /me/access/:id. */
export interface CheckUpItem extends AccessRow {
  readonly reasons: readonly ('never_used' | 'unused' | 'no_end' | 'broad' | 'unknown_application')[];
}

export interface CheckUpView {
  readonly items: readonly CheckUpItem[];
  /** All that are to be looked at; `items` holds ten at most. */
  readonly total: number;
  readonly next_at: string;
}

export type ActivityKind =
  | 'asked'
  | 'approved'
  | 'denied'
  | 'request_expired'
  | 'given'
  | 'changed'
  | 'removed'
  | 'given_back'
  | 'ended'
  | 'stopped'
  | 'handed_over'
  | 'handover_ended'
  | 'invited'
  | 'invitation_accepted'
  | 'invitation_declined'
  | 'invitation_taken_back'
  | 'used'
  | 'refused'
  | 'registered'
  | 'unregistered'
  | 'reopened'
  | 'signed_in'
  | 'signed_out'
  | 'session_ended'
  | 'sessions_ended'
  | 'password_changed'
  | 'app_added'
  | 'app_removed'
  | 'recovery_codes_made'
  | 'recovery_codes_removed'
  | 'passkey_added'
  | 'passkey_removed';

/** One thing that happened to what an owner owns. GET /me/activity, /me/events and the history of an access. */
export interface ActivityRow {
  /** Grows with time; resumes GET /me/events as Last-Event-ID. */
  readonly id: string;
  readonly at: string;
  readonly kind: ActivityKind;
  /** Who did it; `undefined`: it happened by itself. */
  readonly actor?: SubjectView;
  readonly holder?: SubjectView;
  readonly through?: SubjectView;
  readonly resources: readonly ResourceName[];
  readonly scopes: readonly ScopeView[];
  readonly until?: string;
  /** The address that an invitation went to. */
  readonly invited?: string;
  readonly access_id?: string;
  readonly request_id?: string;
  readonly reference?: string;
}
