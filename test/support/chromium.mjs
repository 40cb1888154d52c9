import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} the browser of this machine, or the one that VALETKEY_TEST_CHROMIUM names */
export function findChromium() {
  return [process.env.VALETKEY_TEST_CHROMIUM, ...PATHS].find((path) => path && existsSync(path));
}

/** Installs Chromium where it is missing and may be installed; otherwise the browser tests will say what they need. */
export function installChromium() {
  if (findChromium()) return;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.error('Chromium is missing: installing it for the tests');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  execFileSync('apt-get', ['update', '-q'], { stdio: 'inherit', env });
  execFileSync('apt-get', install, { stdio: 'inherit', env });
}
