import { Inject, Injectable } from '@nestjs/common';
import type { WordingSource } from '@valetkey/operator-contract';
import type { ScopeView } from '@valetkey/owner-contract';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { WriteSet } from '@valetkey/persistence';
import { deedLine, LANGUAGES } from '@valetkey/wording';
import type { Config, LocalizedText, ScopeConfig, ScopeWords } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { foreignLanguage, inLanguage } from './localized-text.js';
import { STANDARD_WORDING } from './standard-wording.js';
import type { FoundWords } from '../config/scope-words.js';
import { lackingOf, UNKNOWN_LEVEL, wordsIn } from '../config/scope-words.js';
import { WordingEditStore } from './wording/wording-edit.store.js';

const FIND = statement(`SELECT name, display_name, description, words FROM scope_wording WHERE name IN ${KEY_LIST}`);
const REMOVE_ALL = statement('DELETE FROM scope_wording');
const SAVE = statement('INSERT INTO scope_wording (name, display_name, description, words) VALUES (?, ?, ?, ?)');

const NO_WORDS: ScopeWords = { texts: {} };

/** Words as people read them now. */
export interface WordsInForce {
  readonly words: ScopeWords;
  readonly source: WordingSource;
}

/** A scope in words. */
export interface WordedScope {
  readonly scope: string;
  readonly name: string;
  readonly description?: string;
  /** What stops working without it, where an application can do without. */
  readonly without?: string;
  /** Language tag of them, where it is known and none of the wanted ones. */
  readonly lang?: string;
  /** What a page says instead of the name, where nobody gave it one: the name is the scope's own then (G16). */
  readonly undescribed?: string;
}

interface Row {
  name: string;
  display_name: string;
  description: string;
  words: string | null;
}

/** All that is known of how a scope is worded. */
interface Known {
  readonly scope: string;
  readonly words: ScopeWords;
  readonly source: WordingSource;
  readonly names: LocalizedText;
  readonly descriptions: LocalizedText;
}

/**
 * What scopes are called: as the operator wrote it while the server ran, else as his file says, else in the usual words of scopes of the
 * standards.
 */
@Injectable()
export class ScopeWordingStore {
  constructor(
    private readonly database: Database,
    private readonly edits: WordingEditStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'pages'>,
  ) {}

  /** Makes the wording of the file what is given, and nothing else. */
  replaceAll(writes: WriteSet, scopes: readonly ScopeConfig[]): void {
    writes.add(REMOVE_ALL, []);
    for (const { name, displayName, description, words } of scopes) {
      writes.expectOne(SAVE, [name, ...[displayName, description, words].map((part) => JSON.stringify(part))]);
    }
  }

  /**
   * The scopes in words, as one line each; one that nobody has worded is called by its own name (IR-40).
   * @param languages - wanted language tags, best first
   */
  async describe(scopes: readonly string[], languages: readonly string[]): Promise<WordedScope[]> {
    const known = await this.known(scopes);
    return known.map((one) => this.toWorded(one, languages));
  }

  /** The scopes as sentences need them; one without words in every language of the operator is not published, and has none. */
  async views(scopes: readonly string[], languages: readonly string[]): Promise<ScopeView[]> {
    const known = await this.known(scopes);
    return known.map(({ scope, words }) => {
      const found = wordsIn(words, languages, this.languages);
      const published = found !== undefined && this.lacking(words).length === 0;
      const { verb, object, consequence } = published ? found.text : { verb: '', object: '' };
      return {
        scope,
        level: words.level ?? UNKNOWN_LEVEL,
        verb,
        object,
        ...(consequence !== undefined && { consequence }),
        ...(published && found.isForeign && { lang: found.language }),
        published,
      };
    });
  }

  /** Those of the scopes that cannot be given yet, for want of words. */
  async unpublished(scopes: readonly string[]): Promise<string[]> {
    const known = await this.known([...new Set(scopes)]);
    return known.filter(({ words }) => this.lacking(words).length > 0).map(({ scope }) => scope);
  }

  /** The words in force of each scope, and where they come from; empty ones of a scope that has none. */
  async wordsOf(scopes: readonly string[]): Promise<ReadonlyMap<string, WordsInForce>> {
    return new Map((await this.known(scopes)).map(({ scope, words, source }) => [scope, { words, source }]));
  }

  /** What words lack to be published here. @see lackingOf */
  lacking(words: ScopeWords): string[] {
    return lackingOf(words, this.languages);
  }

  /** In each of them a published scope has words. */
  get languages(): readonly string[] {
    return this.config.pages.languages;
  }

  private async known(scopes: readonly string[]): Promise<Known[]> {
    const rows = await allByKeys<Row>(this.database, FIND, scopes);
    const edits = await this.edits.findAll(scopes);
    const ofFile = new Map(rows.map((row) => [row.name, row]));
    return scopes.map((scope) => {
      const row = ofFile.get(scope);
      const written = row && (JSON.parse(row.words ?? '{"texts":{}}') as ScopeWords);
      const names = JSON.parse(row?.display_name ?? '{}') as LocalizedText;
      const descriptions = JSON.parse(row?.description ?? '{}') as LocalizedText;
      const edited = edits.get(scope)?.published;
      const inForce = edited ? fromOperator(edited) : orStandard(scope, written, names);
      return { scope, ...inForce, names, descriptions };
    });
  }

  private toWorded({ scope, words, names, descriptions }: Known, languages: readonly string[]): WordedScope {
    const found = wordsIn(words, languages, this.languages);
    // What has no sentence in the reader's language may have a name in it.
    const named = inLanguage(names, languages);
    if (found && (!found.isForeign || named === undefined)) return asLine(scope, found);
    const description = inLanguage(descriptions, languages);
    const lang = foreignLanguage(names, languages);
    const isOfBoth = description === undefined || foreignLanguage(descriptions, languages) === lang;
    return {
      scope,
      name: named ?? scope,
      ...(named === undefined && { undescribed: undescribedIn(languages) }),
      ...(description !== undefined && { description }),
      ...(lang !== undefined && isOfBoth && { lang }),
    };
  }
}

/** What was published without words was withdrawn. */
function fromOperator(words: ScopeWords): WordsInForce {
  return { words, source: Object.keys(words.texts).length > 0 ? 'published' : 'withdrawn' };
}

/** Words of ours stand in where the file has neither a sentence nor a name for the scope. */
function orStandard(scope: string, written: ScopeWords | undefined, names: LocalizedText): WordsInForce {
  const isWritten = Object.keys(written?.texts ?? {}).length > 0 || Object.keys(names).length > 0;
  if (isWritten && written) return { words: written, source: 'file' };
  const usual = STANDARD_WORDING.get(scope);
  return usual ? { words: usual, source: 'standard' } : { words: NO_WORDS, source: 'none' };
}

/** "Do something that is not described yet". */
function undescribedIn(languages: readonly string[]): string {
  const tags = languages.map((tag) => tag.split('-')[0]);
  const spoken = LANGUAGES.find((one) => one === tags.find((tag) => LANGUAGES.some((known) => known === tag))) ?? 'en';
  return deedLine({ verb: '', object: '', published: false }, spoken).text;
}

function asLine(scope: string, { text, language, isForeign }: FoundWords): WordedScope {
  const { consequence: description, without } = text;
  const spoken = LANGUAGES.find((one) => one === language.split('-')[0]) ?? 'en';
  return {
    scope,
    name: deedLine({ ...text, published: true }, spoken).text,
    ...(description !== undefined && { description }),
    ...(without !== undefined && { without }),
    ...(isForeign && { lang: language }),
  };
}
