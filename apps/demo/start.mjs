// `npm start`: builds server and consoles, then starts the demo. With --no-build it takes what is built already.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const first = Number(process.env.VALETKEY_DEMO_PORT ?? 8080);
if (!Number.isInteger(first) || first < 1 || first > 65_532) {
  console.error('VALETKEY_DEMO_PORT must be a port number from 1 to 65532.');
  process.exit(1);
}
// Before the build: building would take the files from under a demo that is running.
for (const port of [first, first + 1, first + 2, first + 3]) {
  if (await isFree(port)) continue;
  console.error(
    `Port ${port} is in use. Is the demo running already? Otherwise choose the first of four other ports,\n` +
      'for example: VALETKEY_DEMO_PORT=9080 npm start',
  );
  process.exit(1);
}

if (!process.argv.includes('--no-build')) {
  for (const step of [['tools/build-server.mjs'], ['tools/build-console.mjs', '--if-stale']]) {
    const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}

const { launch } = await import('../../dist/apps/demo/src/launcher/main.js');
process.exit(await launch());

/** @param {number} port */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
