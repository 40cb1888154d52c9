import type { Statement, Step } from '../write-set.js';

/** A statement as the engine knows it. Same text, same name: the engine keeps the plan for the life of the connection. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** Names for statements, and the form in which the engine itself checks a condition. */
export class PreparedStatements {
  private readonly names = new Map<string, Prepared>();
  private readonly reads = new WeakMap<Statement, Prepared>();
  private readonly steps = new WeakMap<Statement, Map<string, Prepared>>();

  ofRead(statement: Statement): Prepared {
    let prepared = this.reads.get(statement);
    if (!prepared) this.reads.set(statement, (prepared = this.prepare(statement.sql)));
    return prepared;
  }

  ofStep(step: Step): Prepared {
    let variants = this.steps.get(step.statement);
    if (!variants) this.steps.set(step.statement, (variants = new Map<string, Prepared>()));
    const variant = `${step.kind}${step.rows ?? ''}`;
    let prepared = variants.get(variant);
    if (!prepared) variants.set(variant, (prepared = this.prepare(conditional(step))));
    return prepared;
  }

  private prepare(sql: string): Prepared {
    let position = 0;
    const text = sql.replace(/\?/g, () => `$${(position += 1)}`);
    let prepared = this.names.get(text);
    if (!prepared) this.names.set(text, (prepared = { name: `v${this.names.size}`, text }));
    return prepared;
  }
}

/** A statement that fails inside the engine (division by zero) when it does not concern as many rows as it must. */
function conditional(step: Step): string {
  // An insert of values concerns one row or fails by itself.
  if (step.rows === undefined || isPlainInsert(step.statement.sql)) return step.statement.sql;
  const check = `SELECT 1 / (CASE WHEN count(*) = ${step.rows} THEN 1 ELSE 0 END) AS held FROM step`;
  return step.kind === 'guard'
    ? `WITH step AS (${step.statement.sql} FOR SHARE) ${check}`
    : `WITH step AS (${step.statement.sql} RETURNING 1) ${check}`;
}

/** An insert of given values: it waits for nobody's lock but that of the same key, and needs no check of its rows. */
export function isPlainInsert(sql: string): boolean {
  return /^INSERT INTO \S+ \([^)]*\) VALUES \([^)]*\)$/.test(sql);
}
