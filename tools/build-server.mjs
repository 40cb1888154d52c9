/**
 * Builds the server and the demo: `node tools/build-server.mjs`. Nest compiles each file to dist/apps and dist/libs; then the server is
 * put into few files, dist/server/, with the packages it uses: loading three thousand small ones takes half of a start. What only some
 * commands need is a file of its own, loaded when it is needed.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ENTRY = 'dist/apps/authorization-server/src/main.js';
const FOLDER = 'dist/server';

/** What every command reads, those among them that only ask a running server: bytes. */
const MOST_FOR_ALL = 1_000_000;

/** Stay where they are: the two have machine code beside them, and the third asks for its workers by their path. */
const APART = ['better-sqlite3', '@node-rs/argon2', 'pino'];

const nest = fileURLToPath(import.meta.resolve('@nestjs/cli/bin/nest.js'));
const { status } = spawnSync(execPath, [nest, 'build', 'authorization-server'], { stdio: 'inherit' });
if (status !== 0) exit(status ?? 1);

rmSync(FOLDER, { recursive: true, force: true });
const bundle = await rolldown({
  input: { main: ENTRY },
  platform: 'node',
  external: (id, importer) => isPackage(id) && (APART.includes(id) || isMissing(id, importer)),
  // What a module of ours does as it is loaded concerns itself alone, so one that nobody uses is left out.
  treeshake: { moduleSideEffects: (id) => id.includes('/node_modules/') || id.endsWith('/main.js') },
  logLevel: 'warn',
});
const { output } = await bundle.write({
  dir: FOLDER,
  format: 'esm',
  sourcemap: true,
  keepNames: true,
  // Half as much to read at every start.
  comments: false,
  charset: 'ascii',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
});
await bundle.close();

const size = sizeOf('main.js');
if (size > MOST_FOR_ALL) {
  console.error(`${FOLDER}/main.js and what it imports at once have ${size} bytes: load them where they are needed`);
  exit(1);
}

/**
 * @param {string} name a file of the bundle
 * @returns {number} the size of it and of all that it cannot do without
 */
function sizeOf(name, seen = new Set()) {
  const chunk = output.find(({ fileName }) => fileName === name);
  if (chunk?.type !== 'chunk' || seen.has(name)) return 0;
  seen.add(name);
  return chunk.imports.reduce((sum, one) => sum + sizeOf(one, seen), chunk.code.length);
}

/** @param {string} id */
function isPackage(id) {
  return !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0') && id !== ENTRY;
}

/**
 * Packages try whether others are there that they can do without.
 * @param {string} id
 * @param {string | undefined} importer
 */
function isMissing(id, importer) {
  try {
    createRequire(importer ?? import.meta.url).resolve(id);
    return false;
  } catch (error) {
    return error.code === 'MODULE_NOT_FOUND';
  }
}
