import type { ProblemList, SettingPath } from '../problem-list.js';

/** A value that must not occur twice, and where it stands. */
export interface Occurrence {
  readonly value: string | undefined;
  readonly path: SettingPath;
}

/** Tells each repetition, not the first occurrence. Values compare byte for byte; absent ones are passed over. */
export function refuseRepeated(occurrences: readonly Occurrence[], message: string, problems: ProblemList): void {
  const seen = new Set<string>();
  for (const { value, path } of occurrences) {
    if (value === undefined) continue;
    if (seen.has(value)) problems.addUnlessReported(path, message);
    seen.add(value);
  }
}
