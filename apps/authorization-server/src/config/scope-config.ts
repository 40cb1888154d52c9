import type { ScopeLevel } from '@valetkey/owner-contract';

/** Wording by canonical language tag (BCP 47, such as `de-AT`); `''` is the wording without a tag and always present when any is. */
export type LocalizedText = Readonly<Record<string, string>>;

export interface ScopeConfig {
  readonly name: string;
  /** Empty when the file gives none. */
  readonly displayName: LocalizedText;
  /** Empty when the file gives none. */
  readonly description: LocalizedText;
  readonly words: ScopeWords;
}

/** A scope in words: what makes a sentence of it. Complete when there is a level, and verb and object in every language. */
export interface ScopeWords {
  readonly level?: ScopeLevel;
  /** By canonical language tag; none is empty. */
  readonly texts: Readonly<Record<string, WordsText>>;
}

/** Words of one language, as far as they are written. */
export interface WordsText {
  readonly verb?: string;
  readonly object?: string;
  readonly consequence?: string;
  /** What stops working where an application can do without it, and does. */
  readonly without?: string;
}
