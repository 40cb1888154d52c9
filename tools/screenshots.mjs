/**
 * Makes the pictures that README shows, docs/screenshots/*.png: the demo's browser tests take them while they run, in
 * Chromium, on the ports that README names. Build first.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, exit } from 'node:process';

const FOLDER = 'docs/screenshots';
const TESTS = ['test/journeys/demo-browser.e2e-spec.ts', 'test/journeys/demo-console.e2e-spec.ts'];
/** A picture is read with the page, often on the road; the longest shows all that a person would give. */
const MOST_BYTES = 130 * 1024;

rmSync(FOLDER, { recursive: true, force: true });
const { status } = spawnSync(
  execPath,
  ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...TESTS, '--selectProjects', 'e2e'],
  { stdio: 'inherit', env: { ...process.env, VALETKEY_SCREENSHOTS: FOLDER } },
);
if (status !== 0) exit(status ?? 1);

const pictures = readdirSync(FOLDER).map((name) => ({ name, bytes: statSync(join(FOLDER, name)).size }));
for (const { name, bytes } of pictures) console.log(`${name}: ${Math.ceil(bytes / 1024)} KiB`);
if (pictures.some(({ bytes }) => bytes > MOST_BYTES)) {
  console.error(`A picture may have ${MOST_BYTES / 1024} KiB at most.`);
  exit(1);
}
