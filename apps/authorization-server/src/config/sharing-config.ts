import type { SharingSettings } from './schema/sharing.schema.js';

/** What owners may choose when they share. */
export interface SharingConfig {
  readonly defaultDays: number;
  readonly applicationDefaultDays: number;
  /** `null`: as long as they like. */
  readonly longestDays: number | null;
  /** Whether there may be no end. */
  readonly noEnd: boolean;
  readonly directory: 'names' | 'exact' | 'none';
}

export function buildSharing({ sharing }: { readonly sharing: SharingSettings }): SharingConfig {
  return {
    defaultDays: sharing.default_days,
    applicationDefaultDays: sharing.application_default_days,
    longestDays: sharing.longest_days ?? null,
    noEnd: sharing.no_end,
    directory: sharing.directory,
  };
}
