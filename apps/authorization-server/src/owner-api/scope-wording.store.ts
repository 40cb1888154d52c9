import { Injectable } from '@nestjs/common';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { WriteSet } from '@valetkey/persistence';
import type { LocalizedText, ScopeConfig } from '../config/config.js';
import { foreignLanguage, inLanguage } from './localized-text.js';
import { STANDARD_WORDING } from './standard-wording.js';

const FIND = statement(`SELECT name, display_name, description FROM scope_wording WHERE name IN ${KEY_LIST}`);
const REMOVE_ALL = statement('DELETE FROM scope_wording');
const SAVE = statement('INSERT INTO scope_wording (name, display_name, description) VALUES (?, ?, ?)');

/** A scope in words. */
export interface WordedScope {
  readonly scope: string;
  readonly name: string;
  readonly description?: string;
  /** Language tag of both, where it is known and none of the wanted ones. */
  readonly lang?: string;
}

interface Row {
  name: string;
  display_name: string;
  description: string;
}

/** What scopes are called, in the languages that the operator has given. */
@Injectable()
export class ScopeWordingStore {
  constructor(private readonly database: Database) {}

  /** Makes the wording what is given, and nothing else. */
  replaceAll(writes: WriteSet, scopes: readonly ScopeConfig[]): void {
    writes.add(REMOVE_ALL, []);
    for (const { name, displayName, description } of scopes) {
      writes.expectOne(SAVE, [name, JSON.stringify(displayName), JSON.stringify(description)]);
    }
  }

  /**
   * The scopes in words: the operator's, or the usual ones of scopes of the standards; any other is called by its own name (IR-40).
   * @param languages - wanted language tags, best first
   */
  async describe(scopes: readonly string[], languages: readonly string[]): Promise<WordedScope[]> {
    const rows = await allByKeys<Row>(this.database, FIND, scopes);
    const worded = new Map(rows.map((row) => [row.name, toWorded(row, languages)]));
    return scopes.map((scope) => worded.get(scope) ?? standard(scope, languages));
  }
}

/** What the standards and this server name has words of ours where the operator gave none. */
function standard(scope: string, languages: readonly string[]): WordedScope {
  return { scope, name: inLanguage(STANDARD_WORDING.get(scope) ?? {}, languages) ?? scope };
}

function toWorded(row: Row, languages: readonly string[]): WordedScope {
  const names = JSON.parse(row.display_name) as LocalizedText;
  const descriptions = JSON.parse(row.description) as LocalizedText;
  const name = inLanguage(names, languages);
  const description = inLanguage(descriptions, languages);
  const lang = foreignLanguage(names, languages);
  const isOfBoth = description === undefined || foreignLanguage(descriptions, languages) === lang;
  return {
    scope: row.name,
    name: name ?? row.name,
    ...(description !== undefined && { description }),
    ...(lang !== undefined && isOfBoth && { lang }),
  };
}
