import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { WordingSource } from '@valetkey/operator-contract';
import { Database, WriteSet } from '@valetkey/persistence';
import type { WordingFault } from '@valetkey/wording';
import type { ScopeWords } from '../../config/config.js';
import { unfitOf } from '../../config/scope-words.js';
import type { WordsInForce } from '../scope-wording.store.js';
import { ScopeWordingStore } from '../scope-wording.store.js';
import type { WordingEdit } from './wording-edit.store.js';
import { WordingEditStore } from './wording-edit.store.js';

/** Scopes are invented by resource servers; what an operator words by hand are a few. */
const MOST_EDITS = 2000;

/** In force in place of any other words: without words a scope cannot be given. */
const WITHDRAWN: ScopeWords = { texts: {} };

/** The wording of one scope, as an operator sees it. */
export interface OperatorWordingView {
  readonly scope: string;
  /** In force: the operator's, the file's, or those of the standards; empty where there are none. */
  readonly words: ScopeWords;
  /** What they lack to be published; nothing: the scope can be given. */
  readonly lacking: readonly string[];
  readonly draft: ScopeWords | null;
  /** What the draft lacks to be published. */
  readonly draftLacking: readonly string[];
  /** Where the words in force come from; what an operator did here goes before the file. */
  readonly source: WordingSource;
  /** To be sent back with a change; 0 before the first. */
  readonly version: number;
}

/** Versions of a wording that the operator has seen (`If-Match`); `undefined`: whichever. */
export type SeenVersions = readonly number[] | undefined;

/** Why a change was not made: another came first, the words cannot be published, or there are too many. */
export type WordingProblem = 'stale' | 'unfit' | 'too_many';

/** Why a member of words cannot be published. */
export type WordingMemberFault = 'missing' | WordingFault['kind'];

/**
 * The wording that an operator changes while the server runs: written as a draft, published when it is complete in every language of
 * the server. What is published here goes before the file's words until it is given up; every node sees it with its next read.
 */
@Injectable()
export class OperatorWording {
  constructor(
    private readonly edits: WordingEditStore,
    private readonly wording: ScopeWordingStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Names of worded scopes in order, with those that are only drafts, so many at most. */
  names(most: number): Promise<readonly string[]> {
    return this.edits.names(most);
  }

  /** In each of them a published scope has words. */
  get languages(): readonly string[] {
    return this.wording.languages;
  }

  /** The wording of each of the scopes, in their order; of one that nobody has worded it is empty. */
  async views(scopes: readonly string[]): Promise<OperatorWordingView[]> {
    const edits = await this.edits.findAll(scopes);
    const words = await this.wording.wordsOf(scopes);
    return scopes.map((scope) => this.toView(scope, words.get(scope), edits.get(scope)));
  }

  /** What keeps words from being published, by names of settings: `level`, `verb#de`. Nothing: they can be. */
  faults(words: ScopeWords): Readonly<Record<string, WordingMemberFault>> {
    return Object.fromEntries([
      ...unfitOf(words).map(({ name, fault }) => [name, fault.kind] as const),
      ...this.wording.lacking(words).map((name) => [name, 'missing'] as const),
    ]);
  }

  /** Keeps words that need not be complete, for nobody but operators to see. */
  saveDraft(scope: string, draft: ScopeWords, expected: SeenVersions): Promise<OperatorWordingView | WordingProblem> {
    return this.change(scope, expected, (edit) => ({ ...edit, draft }));
  }

  /** Makes words what people read; nothing is left of a draft. */
  publish(scope: string, words: ScopeWords, expected: SeenVersions): Promise<OperatorWordingView | WordingProblem> {
    return this.change(scope, expected, (edit) =>
      Object.keys(this.faults(words)).length > 0 ? 'unfit' : { ...edit, published: words, draft: null },
    );
  }

  /** Nobody can give the scope any more, whatever the file says; the words that were in force are a draft from now on. */
  async withdraw(scope: string, expected: SeenVersions): Promise<OperatorWordingView | WordingProblem> {
    const former = (await this.wording.wordsOf([scope])).get(scope)?.words;
    const draft = former && Object.keys(former.texts).length > 0 ? former : null;
    return this.change(scope, expected, (edit) => ({ ...edit, published: WITHDRAWN, draft: edit.draft ?? draft }));
  }

  /** Gives up what was published here: the file's words are in force again. */
  reset(scope: string, expected: SeenVersions): Promise<OperatorWordingView | WordingProblem> {
    return this.change(scope, expected, (edit) => ({ ...edit, published: null, draft: null }));
  }

  /** Another version now than those that the operator saw: `stale`. */
  private async change(
    scope: string,
    expected: SeenVersions,
    decide: (edit: WordingEdit) => WordingEdit | WordingProblem,
  ): Promise<OperatorWordingView | WordingProblem> {
    const found = (await this.edits.findAll([scope])).get(scope);
    const now = this.clock.now();
    const present = found ?? { scope, published: null, draft: null, version: 0, updatedAt: now };
    if (expected && !expected.includes(present.version)) return 'stale';
    if (!found && (await this.edits.count()) >= MOST_EDITS) return 'too_many';
    const decided = decide(present);
    if (typeof decided === 'string') return decided;
    const writes = new WriteSet();
    this.edits.save(writes, { ...decided, version: present.version + 1, updatedAt: now });
    if (!(await this.database.tryCommit(writes))) return 'stale';
    const [view] = await this.views([scope]);
    return view ?? 'stale';
  }

  private toView(scope: string, inForce: WordsInForce | undefined, edit: WordingEdit | undefined): OperatorWordingView {
    const { words, source } = inForce ?? { words: WITHDRAWN, source: 'none' as const };
    const draft = edit?.draft ?? null;
    return {
      scope,
      words,
      lacking: this.wording.lacking(words),
      draft,
      draftLacking: draft ? this.wording.lacking(draft) : [],
      source,
      version: edit?.version ?? 0,
    };
  }
}
