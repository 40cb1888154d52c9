/**
 * Builds the consoles to apps/console/dist: `node tools/build-console.mjs`. With `--if-stale` only when something they are made of
 * is newer than the build.
 */
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['apps/console/src', 'apps/console/build', 'apps/console/vite.config.ts', 'package-lock.json'];
const LIBRARIES = ['libs/design-tokens/src', 'libs/owner-contract/src', 'libs/shown-text/src', 'libs/wording/src'];

if (!process.argv.includes('--if-stale') || isStale()) {
  // Whoever calls, a test runner too: what is built is what is served.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({ configFile: `${root}apps/console/vite.config.ts`, logLevel: 'warn' });
}

function isStale() {
  const built = changedAt(`${root}apps/console/dist/manifest.json`);
  return [...SOURCES, ...LIBRARIES].some((path) => changedAt(root + path) > built);
}

/**
 * When the file, or the newest of the folder, was changed; 0 for what is not there.
 * @param {string} path
 * @returns {number}
 */
function changedAt(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(`${path}/${name}`)));
}
