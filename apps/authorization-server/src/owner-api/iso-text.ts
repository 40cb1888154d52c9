import type { Instant } from '@valetkey/kernel';

/** An instant as owners read it, in ISO form and UTC; `undefined`, which JSON leaves out, where there is none. */
export function isoText(instant: Instant | null): string | undefined {
  return instant === null ? undefined : new Date(instant).toISOString();
}
