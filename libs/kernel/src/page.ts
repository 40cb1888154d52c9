/** What a list is asked for: how many, and behind which position. */
export interface PageRequest {
  readonly limit: number;
  /** Position of the last item seen, as a store made it; absent for the first page. */
  readonly after?: string;
}

/** One page of a list. `next` is absent on the last page. */
export interface Page<T> {
  readonly items: T[];
  readonly next?: string;
}

/**
 * Cuts one page out of `limit + 1` rows: the extra row only tells that there is more.
 * @param position - the cursor of a row, by which the next page continues behind it
 */
export function toPage<R, T>(rows: R[], limit: number, map: (row: R) => T, position: (row: R) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? position(last) : undefined;
  return next === undefined ? { items: items.map(map) } : { items: items.map(map), next };
}
