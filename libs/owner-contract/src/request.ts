import type { AccessRow } from './access.js';
import type { ResourceName } from './resource.js';
import type { ScopeView } from './scope.js';
import type { SubjectView } from './subject.js';

export interface AskedResource {
  readonly resource: ResourceName;
  readonly scopes: readonly ScopeView[];
}

/** Who said who the requesting party is, when, and what of it the owner may read. */
export interface Vouching {
  /** The partner whose word it is; absent: the party signed in at this server. */
  readonly partner?: string;
  /** When it was said; of a sign-in here, when it was. */
  readonly at: string;
  /** How surely, of a sign-in here. */
  readonly means?: 'password' | 'two_steps' | 'passkey';
  readonly name?: string;
  readonly email?: string;
}

/** One of GET /me/requests?state=pending|answered. All instants are ISO. */
export interface RequestView {
  readonly id: string;
  readonly version: string;
  readonly state: 'pending' | 'approved' | 'denied' | 'expired';
  readonly who: SubjectView;
  /** Newest last; none where it was not kept. */
  readonly vouched: readonly Vouching[];
  readonly through: SubjectView;
  readonly asked: readonly AskedResource[];
  readonly asked_until?: string;
  readonly why?: string;
  readonly asked_at: string;
  readonly expires_at: string;
  readonly context: {
    readonly first_request: boolean;
    /** What she had before. */
    readonly had_before?: { readonly until?: string };
    /** Others who hold the same resources, five at most. */
    readonly others: readonly { readonly holder: SubjectView; readonly until?: string }[];
  };
  readonly decided_at?: string;
  /** What was given: shares, and what they hold; what is over says when and by whom it ended, for thirty days. */
  readonly given?: readonly AccessRow[];
  /** The owner's words with a no. */
  readonly reason?: string;
  /** No new requests of this party are taken until then. */
  readonly muted_until?: string;
}

/** Body of POST /me/requests/:id/approve. Scopes left out are not given. */
export interface ApprovalDraft {
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  readonly from?: string;
  readonly until: string | null;
}

/** Body of POST /me/requests/:id/deny. POST /me/requests/:id/reopen takes a no back while the request would still wait. */
export interface DenialDraft {
  readonly reason?: string;
  readonly mute_days?: 30;
}
