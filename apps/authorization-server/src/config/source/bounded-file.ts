import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Stats } from 'node:fs';

/** Why a file could not be read; `code` is one of the system (`ENOENT`), `too-large`, or `no-file`. */
export class FileProblem extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Code of a system error, or `unknown`: its text may name more than a message should. */
export function systemErrorCode(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

/**
 * Content of a regular file of at most `limit` bytes. One open file serves the check and the read, so what was checked is
 * what is read; a pipe does not block. Throws `FileProblem`.
 * @param check - looks at the state of the open file, and throws to refuse it
 */
export function readBounded(path: string, limit: number, check: (stats: Stats) => void = () => undefined): Buffer {
  const descriptor = attempt(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new FileProblem('no-file');
    check(stats);
    return readUpTo(descriptor, limit);
  } finally {
    closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, limit: number): Buffer {
  const buffer = Buffer.alloc(limit + 1);
  let length = 0;
  while (length <= limit) {
    const read = attempt(() => readSync(descriptor, buffer, length, limit + 1 - length, null));
    if (read === 0) return buffer.subarray(0, length);
    length += read;
  }
  throw new FileProblem('too-large');
}

function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new FileProblem(systemErrorCode(error));
  }
}

/** What to tell about a file that could not be read. */
export function describeFileProblem(error: unknown, limit: string): string {
  const code = error instanceof FileProblem ? error.code : 'unknown';
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'too-large') return `is larger than ${limit}`;
  if (code === 'no-file') return 'is not a file';
  return `cannot be read (${code})`;
}
