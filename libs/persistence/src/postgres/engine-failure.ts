import pg from 'pg';
import { StoreUnavailable } from '../write-set.js';

/** Data the engine cannot take, and statements that do not fit the schema (SQLSTATE classes 22 and 42). */
const MISTAKES = /^(22|42)/;
/** Of class 42, but no mistake of the program: a role without rights, a pool in between that mixes up prepared names. */
const NO_MISTAKES = new Set(['42501', '42P05']);

/** SQLSTATE of what the engine answered; empty when it was no answer of the engine. */
export function engineCodeOf(cause: unknown): string {
  return cause instanceof pg.DatabaseError ? (cause.code ?? '') : '';
}

/** What to throw for a failure of the driver or the engine: a mistake of the program stays what it is. */
export function asStoreFailure(cause: unknown): unknown {
  const code = engineCodeOf(cause);
  return MISTAKES.test(code) && !NO_MISTAKES.has(code) ? cause : new StoreUnavailable(cause);
}
