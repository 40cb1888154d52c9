import type { CheckUpItem } from '@valetkey/owner-contract';

export type Answer = 'kept' | 'shortened' | 'removed';

/** What she answered, by id of the access. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Progress {
  /** The one to look at; `undefined`: all are answered. */
  readonly item: CheckUpItem | undefined;
  /** From 1 on. */
  readonly position: number;
  readonly count: number;
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

/**
 * Where in the round she is.
 * @param wanted - of the address; what the round does not know counts as nothing
 */
export function progressOf(items: readonly CheckUpItem[], answers: Answers, wanted: string | undefined): Progress {
  const named = items.findIndex(({ id }) => id === wanted);
  const index = named === -1 ? items.findIndex(({ id }) => !(id in answers)) : named;
  const following = [...items.slice(index + 1), ...items.slice(0, Math.max(index, 0))];
  return {
    item: items[index],
    position: index + 1,
    count: items.length,
    next: following.find(({ id }) => !(id in answers))?.id,
    previous: index > 0 ? items[index - 1]?.id : undefined,
  };
}
