/** What kind of error made a job fail: something to look for, and nothing of the error itself. */
export type ErrorClass = 'database' | 'network' | 'internal';

const OF_DATABASE = ['StoreUnavailable', 'SqliteError', 'QueryFailedError', 'DatabaseError'];
const OF_NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EPIPE'];

/** The class alone can be shown: a message, or the name of an error, may hold an address, a statement or a secret. */
export function errorClassOf(error: unknown): ErrorClass {
  if (!(error instanceof Error)) return 'internal';
  if (OF_DATABASE.includes(error.name)) return 'database';
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && OF_NETWORK.includes(code) ? 'network' : 'internal';
}
