import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { ScopeWords } from '../../config/config.js';

const COLUMNS = 'name, published, draft, version, updated_at';
const FIND = statement(`SELECT ${COLUMNS} FROM scope_wording_edit WHERE name IN ${KEY_LIST}`);
const COUNT = statement('SELECT count(*) AS edits FROM scope_wording_edit');
/** Those of the file and those that were edited, each once. */
const KNOWN = statement(
  `SELECT name FROM (SELECT name FROM scope_wording WHERE name > ? UNION SELECT name FROM scope_wording_edit WHERE name > ?) AS known
   ORDER BY name LIMIT ?`,
);
const INSERT = statement(
  'INSERT INTO scope_wording_edit (name, published, draft, version, updated_at) VALUES (?, ?, ?, ?, ?)',
);
const REPLACE = statement(
  'UPDATE scope_wording_edit SET published = ?, draft = ?, version = ?, updated_at = ? WHERE name = ? AND version = ?',
);

/** What an operator changed about the wording of a scope while the server ran. */
export interface WordingEdit {
  readonly scope: string;
  /** What people read in place of the file's words; `null`: the file's. */
  readonly published: ScopeWords | null;
  /** What is being written; `null`: nothing. */
  readonly draft: ScopeWords | null;
  /** 1 with the first change, 0 before. */
  readonly version: number;
  readonly updatedAt: Instant;
}

interface Row {
  name: string;
  published: string | null;
  draft: string | null;
  version: number;
  updated_at: number;
}

/** Words that operators changed at run time. The rows stay, so that versions never repeat. */
@Injectable()
export class WordingEditStore {
  constructor(private readonly database: Database) {}

  /** Of many scopes at once; those that nobody changed are left out. */
  async findAll(scopes: Iterable<string>): Promise<ReadonlyMap<string, WordingEdit>> {
    const rows = await allByKeys<Row>(this.database, FIND, scopes);
    return new Map(rows.map((row) => [row.name, toEdit(row)]));
  }

  /** Names of worded scopes in order, so many at most. */
  async names(most: number): Promise<string[]> {
    const rows = await this.database.all<{ name: string }>(KNOWN, ['', '', most]);
    return rows.map(({ name }) => name);
  }

  async count(): Promise<number> {
    return (await this.database.get<{ edits: number }>(COUNT, []))?.edits ?? 0;
  }

  /** Fails as a condition when another change came first. */
  save(writes: WriteSet, edit: WordingEdit): void {
    const { scope, version, updatedAt } = edit;
    const [published, draft] = [edit.published, edit.draft].map((words) => words && JSON.stringify(words)) as [
      string | null,
      string | null,
    ];
    if (version === 1) writes.expectOne(INSERT, [scope, published, draft, version, updatedAt]);
    else writes.expectOne(REPLACE, [published, draft, version, updatedAt, scope, version - 1]);
  }
}

function toEdit({ name, published, draft, version, updated_at: updatedAt }: Row): WordingEdit {
  return { scope: name, published: parsed(published), draft: parsed(draft), version, updatedAt };
}

function parsed(text: string | null): ScopeWords | null {
  return text === null ? null : (JSON.parse(text) as ScopeWords);
}
