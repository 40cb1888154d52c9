import type { SharingSettings } from './schema/sharing.schema.js';

/** What owners may choose when they share. */
export interface SharingConfig {
  readonly defaultDays: number;
  readonly applicationDefaultDays: number;
  /** Whatever has an end ends so soon, and begins so soon. */
  readonly longestDays: number;
  /** Whether there may be no end. */
  readonly noEnd: boolean;
  readonly directory: 'names' | 'exact' | 'none';
  /** Whether they may invite by e-mail. */
  readonly invitations: boolean;
}

export function buildSharing({ sharing }: { readonly sharing: SharingSettings }): SharingConfig {
  return {
    defaultDays: sharing.default_days,
    applicationDefaultDays: sharing.application_default_days,
    longestDays: sharing.longest_days,
    noEnd: sharing.no_end,
    directory: sharing.directory,
    invitations: sharing.invitations,
  };
}
