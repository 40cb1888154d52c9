import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';

import { FileProblem, readBounded, systemErrorCode } from '../source/bounded-file.js';

const MAX_BYTES = 16 * 1024;
const OTHERS = 0o077;
/** Code of the `FileProblem` for a file that others than its owner may use. */
export const FILE_IS_OPEN = 'open-to-others';
/** Code of the `FileProblem` for a file that is not UTF-8 text. */
export const FILE_IS_NOT_TEXT = 'not-text';

function refuseOpenFile(stats: Stats): void {
  // Windows has no such modes.
  if (process.platform !== 'win32' && (stats.mode & OTHERS) !== 0) throw new FileProblem(FILE_IS_OPEN);
}

/** The secret in a file, without one line end behind it. Throws `FileProblem`, also when others may read the file. */
export function readSecretFile(path: string): string {
  const bytes = readBounded(path, MAX_BYTES, refuseOpenFile);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch {
    throw new FileProblem(FILE_IS_NOT_TEXT);
  }
}

/**
 * Makes a secret file (mode 0600), folders above it included, and returns what it holds. Of several starters at once one
 * wins and all get its secret: the file appears complete or not at all. It is on disk before this returns, since what is
 * encrypted with it would be lost otherwise. Throws `FileProblem`.
 */
export function createSecretFile(path: string, secret: string): string {
  const folder = dirname(path);
  const draft = join(folder, `.${randomUUID()}.new`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
    linkUnlessPresent(draft, path);
    flushFolder(folder);
  } catch (error) {
    throw new FileProblem(systemErrorCode(error));
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecretFile(path);
}

/** A link, unlike a rename, never takes the place of a file that is there. */
function linkUnlessPresent(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}

function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
