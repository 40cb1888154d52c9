import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { ScopeWords } from '../../config/config.js';
import { ScopeWordingStore } from '../scope-wording.store.js';
import type { WordingEdit } from './wording-edit.store.js';
import { WordingEditStore } from './wording-edit.store.js';

/** Scopes are invented by resource servers; what an operator words by hand are a few. */
const MOST_EDITS = 2000;

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
  /** Whether words were published here, which go before those of the file. */
  readonly isEdited: boolean;
  /** To be sent back with a change; 0 before the first. */
  readonly version: number;
}

/** Why a change was not made: another came first, there is nothing to publish, words are missing, or there are too many. */
export type WordingProblem = 'stale' | 'no_draft' | 'incomplete' | 'too_many';

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

  /** Worded scopes by name, with those that are only drafts. */
  async page(request: PageRequest): Promise<Page<OperatorWordingView>> {
    const { items, next } = await this.edits.names(request);
    const views = await this.views(items);
    return { items: views, ...(next !== undefined && { next }) };
  }

  /** The wording of each of the scopes, in their order; of one that nobody has worded it is empty. */
  async views(scopes: readonly string[]): Promise<OperatorWordingView[]> {
    const edits = await this.edits.findAll(scopes);
    const words = await this.wording.wordsOf(scopes);
    return scopes.map((scope) => this.toView(scope, words.get(scope) ?? { texts: {} }, edits.get(scope)));
  }

  /** Keeps words that need not be complete, for nobody but operators to see. */
  saveDraft(scope: string, draft: ScopeWords, expected: number): Promise<OperatorWordingView | WordingProblem> {
    return this.change(scope, expected, (edit) => ({ ...edit, draft }));
  }

  /** Makes the draft what people read. */
  publish(scope: string, expected: number): Promise<OperatorWordingView | WordingProblem> {
    return this.change(scope, expected, (edit) => {
      if (!edit.draft) return 'no_draft';
      if (this.wording.lacking(edit.draft).length > 0) return 'incomplete';
      return { ...edit, published: edit.draft, draft: null };
    });
  }

  discardDraft(scope: string, expected: number): Promise<OperatorWordingView | WordingProblem> {
    return this.change(scope, expected, (edit) => (edit.draft ? { ...edit, draft: null } : 'no_draft'));
  }

  /** Gives up what was published here: the file's words are in force again. */
  reset(scope: string, expected: number): Promise<OperatorWordingView | WordingProblem> {
    return this.change(scope, expected, (edit) => ({ ...edit, published: null, draft: null }));
  }

  /** @param expected - the version that the operator saw; another one now: `stale` */
  private async change(
    scope: string,
    expected: number,
    decide: (edit: WordingEdit) => WordingEdit | WordingProblem,
  ): Promise<OperatorWordingView | WordingProblem> {
    const found = (await this.edits.findAll([scope])).get(scope);
    const now = this.clock.now();
    const present = found ?? { scope, published: null, draft: null, version: 0, updatedAt: now };
    if (present.version !== expected) return 'stale';
    if (!found && (await this.edits.count()) >= MOST_EDITS) return 'too_many';
    const decided = decide(present);
    if (typeof decided === 'string') return decided;
    const writes = new WriteSet();
    this.edits.save(writes, { ...decided, version: present.version + 1, updatedAt: now });
    if (!(await this.database.tryCommit(writes))) return 'stale';
    const [view] = await this.views([scope]);
    return view ?? 'stale';
  }

  private toView(scope: string, words: ScopeWords, edit: WordingEdit | undefined): OperatorWordingView {
    const draft = edit?.draft ?? null;
    return {
      scope,
      words,
      lacking: this.wording.lacking(words),
      draft,
      draftLacking: draft ? this.wording.lacking(draft) : [],
      isEdited: Boolean(edit?.published),
      version: edit?.version ?? 0,
    };
  }
}
