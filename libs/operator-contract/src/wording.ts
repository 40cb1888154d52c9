import type { ListAnswer, ScopeLevel } from '@valetkey/owner-contract';

/** The words of one language, as far as they are written. */
export interface WordingText {
  readonly verb?: string;
  readonly object?: string;
  readonly consequence?: string;
  /** What stops working where an application can do without it, and does. */
  readonly without?: string;
}

/** The words of a scope; complete when there is a level, and verb and object in every language of the server. */
export interface Wording {
  readonly level?: ScopeLevel;
  /** By language tag. */
  readonly texts: Readonly<Record<string, WordingText>>;
}

/**
 * Where the words in force come from: an operator published them here, or withdrew them; the configuration's file; this server's own words
 * for scopes of the standards; nowhere.
 */
export type WordingSource = 'published' | 'withdrawn' | 'file' | 'standard' | 'none';

/** One of GET /operator-api/wording. */
export interface WordingRow {
  /** For addresses. */
  readonly id: string;
  readonly scope: string;
  /** Names of the resource servers whose configuration or resources have it. */
  readonly servers: readonly string[];
  readonly source: WordingSource;
  /** Owners can give it. */
  readonly published: boolean;
  /** In force. */
  readonly words: Wording;
  /** What they lack to be published: `level`, `verb#de`. */
  readonly lacking: readonly string[];
  /** Absent where nothing is being written. */
  readonly draft?: Wording;
  readonly draft_lacking?: readonly string[];
  /** For `If-Match`. */
  readonly version: string;
}

/** GET /operator-api/wording/{id}. */
export interface WordingDetail extends WordingRow {
  /** Of this server: published words are in each of them. */
  readonly languages: readonly string[];
}

export interface WordingAnswer extends ListAnswer<WordingRow> {
  /** Of this server: in each of them a published scope has words. */
  readonly languages: readonly string[];
  /** Of all scopes, whatever is searched for. */
  readonly coverage: { readonly published: number; readonly all: number };
  /** False: there are more scopes than are looked at. */
  readonly is_complete: boolean;
}

/** Body of PUT /operator-api/wording/{id}. */
export interface WordingChange {
  readonly words: Wording;
  /** False: kept as a draft, that nobody but operators sees. */
  readonly publish: boolean;
}
