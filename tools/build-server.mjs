/**
 * Builds the server and the demo: `node tools/build-server.mjs`. Nest compiles each file to dist/apps and dist/libs; then the server is
 * put into few files, dist/server/, since loading seven hundred small ones takes a fifth of a start. Packages stay where they are.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ENTRY = 'dist/apps/authorization-server/src/main.js';
const FOLDER = 'dist/server';

const nest = fileURLToPath(import.meta.resolve('@nestjs/cli/bin/nest.js'));
const { status } = spawnSync(execPath, [nest, 'build', 'authorization-server'], { stdio: 'inherit' });
if (status !== 0) exit(status ?? 1);

rmSync(FOLDER, { recursive: true, force: true });
const bundle = await rolldown({
  input: { main: ENTRY },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith('/') && id !== ENTRY,
  // What a module of ours does as it is loaded concerns itself alone, so one that nobody uses is left out.
  treeshake: { moduleSideEffects: (id) => !id.includes('/dist/') || id.endsWith('/main.js') },
  logLevel: 'warn',
});
await bundle.write({
  dir: FOLDER,
  format: 'esm',
  sourcemap: true,
  keepNames: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
});
await bundle.close();
