/** How far a permission goes; only `see` is ever chosen beforehand (ux principle 3). */
export type ScopeLevel = 'see' | 'change' | 'act' | 'share';

/** A scope in words: "Name can *verb* *object* in *resource*". */
export interface ScopeView {
  readonly scope: string;
  readonly level: ScopeLevel;
  readonly verb: string;
  readonly object: string;
  /** One short line, of `act` and `share`. */
  readonly consequence?: string;
  /** Language of the words, where it is none of the wanted ones. */
  readonly lang?: string;
  /** False for a scope without words in every language: it is shown as "something not described yet", and cannot be given. */
  readonly published: boolean;
}
