import { Injectable } from '@nestjs/common';
import { SERVER_SCOPE } from '@valetkey/protocol';
import { Database, statement } from '@valetkey/persistence';
import type { WriteSet } from '@valetkey/persistence';
import type { LocalizedText, ScopeConfig } from '../config/config.js';

const FIND = statement('SELECT display_name, description FROM scope_wording WHERE name = ?');
const SAVE = statement(
  `INSERT INTO scope_wording (name, display_name, description) VALUES (?, ?, ?)
   ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name, description = excluded.description`,
);

/** This server's own scopes, where the operator has not worded them. */
const SERVER_WORDING: Readonly<Record<string, string>> = {
  [SERVER_SCOPE.protection]: 'Protect your resources here',
  [SERVER_SCOPE.introspect]: 'Check access tokens',
  [SERVER_SCOPE.authorizations]: 'See what you share and with whom',
  [SERVER_SCOPE.authorizationsWrite]: 'Share, answer requests and end access for you',
};

/** A scope in words. */
export interface WordedScope {
  readonly scope: string;
  readonly name: string;
  readonly description?: string;
}

/** What scopes are called, in the languages that the operator has given. */
@Injectable()
export class ScopeWordingStore {
  constructor(private readonly database: Database) {}

  save(writes: WriteSet, scope: ScopeConfig): void {
    writes.expectOne(SAVE, [scope.name, JSON.stringify(scope.displayName), JSON.stringify(scope.description)]);
  }

  /**
   * The scopes in words; one without wording is called by its own name (IR-40).
   * @param languages - wanted language tags, best first
   */
  async describe(scopes: readonly string[], languages: readonly string[]): Promise<WordedScope[]> {
    return Promise.all(scopes.map((scope) => this.describeOne(scope, languages)));
  }

  private async describeOne(scope: string, languages: readonly string[]): Promise<WordedScope> {
    const row = await this.database.get<{ display_name: string; description: string }>(FIND, [scope]);
    if (!row) return { scope, name: SERVER_WORDING[scope] ?? scope };
    const name = pick(JSON.parse(row.display_name) as LocalizedText, languages);
    const description = pick(JSON.parse(row.description) as LocalizedText, languages);
    return { scope, name: name ?? scope, ...(description !== undefined && { description }) };
  }
}

function pick(text: LocalizedText, languages: readonly string[]): string | undefined {
  const tags = languages.flatMap((tag) => [tag, tag.split('-')[0] ?? tag]);
  const found = Object.entries(text).filter(([tag]) => tag !== '');
  for (const wanted of tags) {
    const match = found.find(([tag]) => tag.toLowerCase() === wanted.toLowerCase());
    if (match) return match[1];
  }
  return text[''];
}
