import type { Page } from '@valetkey/kernel';

/** A list as it is answered. */
export interface ListAnswer {
  readonly items: unknown[];
  /** Absent on the last page. */
  readonly next_cursor?: string;
}

/** A page as it is answered, item by item. */
export function listAnswer<T>(page: Page<T>, answer: (item: T) => unknown): ListAnswer {
  return { items: page.items.map(answer), ...(page.next !== undefined && { next_cursor: page.next }) };
}
