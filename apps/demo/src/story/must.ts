/** The story did not go as it must. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** Ends the story unless `condition` holds; `expectation` completes the sentence "Expected …". */
export function must(condition: boolean, expectation: string): asserts condition {
  if (!condition) throw new StoryError(`Expected ${expectation}.`);
}

/** The value, if it is there; ends the story otherwise. */
export function found<T>(value: T | undefined, expectation: string): T {
  must(value !== undefined, expectation);
  return value as T;
}
