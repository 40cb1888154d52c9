/** A page of a list; `next_cursor` is absent on the last one. */
export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  readonly next_cursor?: string;
  /** All there are, where that is cheap to know. */
  readonly total?: number;
}

/** Every refusal. */
export interface ErrorAnswer {
  readonly error: string;
  readonly error_description?: string;
  /** To be told to the operator: names this refusal in the log. */
  readonly reference: string;
  /** Member of the body -> what is wrong with it. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Member that is a list -> which of its entries is wrong, from 0. */
  readonly entries?: Readonly<Record<string, number>>;
  /** With 412: how the thing is now. */
  readonly current?: unknown;
}
