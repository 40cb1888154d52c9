import type { AccessRow } from './access.js';
import type { ResourceName } from './resource.js';
import type { SubjectView } from './subject.js';

/** Body of POST /me/handovers and of POST /me/handovers/preview. */
export interface HandoverDraft {
  readonly subject: string;
  readonly resource_ids: readonly string[];
  /** `see`: permissions of that level; `act`: those of `see`, `change` and `act`. Sharing further is never handed over. */
  readonly allow: 'see' | 'act';
  readonly from?: string;
  readonly until: string;
  readonly note?: string;
}

/** What a handover would give, before it does. */
export interface HandoverPreview {
  readonly grants: readonly Omit<AccessRow, 'id' | 'version'>[];
  /** Nothing of these can be given: nothing of that level is described. Services know the substitute by her account here. */
  readonly left_out: readonly { readonly resource: ResourceName; readonly why: 'nothing_to_give' }[];
  /** The substitute is away too. */
  readonly away?: { readonly from: string; readonly until: string };
}

export interface HandoverView {
  readonly id: string;
  readonly subject: SubjectView;
  readonly resource_count: number;
  readonly allow: 'see' | 'act';
  readonly from?: string;
  readonly until: string;
  readonly note?: string;
  readonly state: 'starting' | 'active' | 'ended';
}

/** One of GET /me/shared-with-me. */
export interface SharedWithMeRow extends Omit<AccessRow, 'holder' | 'last_refused'> {
  readonly owner: SubjectView;
  /** IANA name of the zone in whose days the owner counts, where that is known: an end is the end of a day there. */
  readonly time_zone?: string;
  /** Where the service shows it to people. */
  readonly link?: string;
}

/** One of GET /me/asked: a request of my own. */
export interface OwnRequestRow {
  readonly id: string;
  readonly owner: SubjectView;
  readonly state: 'pending' | 'approved' | 'denied' | 'expired';
  readonly asked_at: string;
  readonly resources: readonly ResourceName[];
  readonly decided_at?: string;
  /** The owner's words with a no. */
  readonly reason?: string;
  /** From when on it can be asked for again, after a no. */
  readonly again_from?: string;
}
