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

/**
 * Connection lost or ended, no resources, a time-out of a statement (57014) or of a lock (55P03), a server that stops or
 * takes no writes: classes 08, 25, 53, 55, 57 and 58.
 */
const STATE_OF_ENGINE = /^(08|25|53|55|57|58)/;

/**
 * Whether a failure is about everything that was sent together: the engine was silent, or had no time or no means. Sent again
 * one by one, each would wait as long once more. Otherwise it is the engine's word about one statement.
 */
export function concernsAll(cause: unknown): boolean {
  const code = engineCodeOf(cause);
  return code === '' || STATE_OF_ENGINE.test(code);
}
