import type { ScopeView } from './scope.js';

/** The service that keeps a resource. */
export interface ServiceView {
  readonly id: string;
  readonly name: string;
  /** `silent`: it did not answer when it was last asked; what is shown is as of `as_of`. */
  readonly state: 'answering' | 'silent';
  /** ISO instant. */
  readonly as_of?: string;
}

export interface ResourceName {
  readonly id: string;
  readonly name: string;
  readonly service: ServiceView;
  readonly removed?: true;
}

/** Which resources a list holds. `ending`: some access ends on one of the next seven days of the owner's calendar. */
export type ResourceFilter = 'all' | 'shared' | 'private' | 'ending' | 'starred';

/** One row of GET /me/resources. */
export interface ResourceRow extends ResourceName {
  readonly type?: string;
  readonly description?: string;
  readonly starred: boolean;
  readonly labels: readonly string[];
  /** Who may use it now, or will: each holder once. */
  readonly holders: { readonly people: number; readonly applications: number; readonly groups: number };
  /** ISO instant at which the next access to it ends by itself. */
  readonly next_end?: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** GET /me/resources/:id */
export interface ResourceView extends ResourceRow {
  /** What may be allowed on it. The member `scopes`, which clients of the API know, has the names alone. */
  readonly described_scopes: readonly ScopeView[];
  /** Where the service shows it to people, when it says so. */
  readonly link?: string;
}

/** GET /me/summary: the head of the home page. */
export interface SummaryView {
  readonly resources: number;
  /** Those that keep anything of hers. */
  readonly services: readonly ServiceView[];
  /** Those that could. */
  readonly other_services: readonly ServiceView[];
  /** All that she uses. */
  readonly labels: readonly string[];
  readonly shared: number;
  readonly requests: { readonly waiting: number; readonly oldest_at?: string };
}
