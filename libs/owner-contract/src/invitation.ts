import type { ShareDraft } from './access.js';
import type { ResourceName } from './resource.js';
import type { ScopeView } from './scope.js';
import type { SubjectView } from './subject.js';

/** Body of POST /me/invitations: a share for whoever signs in by the link that goes to the address. One write: all of it or nothing. */
export type InvitationDraft = Omit<ShareDraft, 'subject' | 'through'> & {
  /** An e-mail address. */
  readonly address: string;
};

/** `expired`: nobody accepted it in time, or what it offers would be over by now. */
export type InvitationState = 'waiting' | 'accepted' | 'declined' | 'taken_back' | 'expired';

/** One of GET /me/invitations. All instants are ISO. */
export interface InvitationView {
  readonly id: string;
  readonly address: string;
  readonly state: InvitationState;
  readonly resources: readonly ResourceName[];
  readonly scopes: readonly ScopeView[];
  readonly from?: string;
  /** When the access ends; absent: no end. */
  readonly until?: string;
  readonly note?: string;
  readonly invited_at: string;
  /** Absent: the mail is still to be sent. */
  readonly mailed_at?: string;
  /** When the link stops working, or stopped. */
  readonly ends_at: string;
  readonly accepted_by?: SubjectView;
}
