/** What the engine says when it cannot work: file busy, unreadable, damaged or gone, disk full, memory short. */
const CODES = /^SQLITE_(BUSY|LOCKED|PROTOCOL|IOERR|FULL|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM)/;

/** Whether the engine failed, rather than a statement or a value of the program. */
export function isEngineFailure(cause: unknown): boolean {
  return CODES.test(engineCodeOf(cause));
}

/** The engine's code, whichever copy of the driver's error class this is; empty for other errors. */
export function engineCodeOf(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : '';
}
