import { spawnSync } from 'node:child_process';
import { installChromium } from './support/chromium.mjs';
import { startCluster } from './support/postgres-cluster.mjs';

/** Sees to it that there is a browser and that the consoles are built, and gives every suite a PostgreSQL at VALETKEY_TEST_DATABASE_URL; the test workers inherit the variable. */
export default async function setUp() {
  installChromium();
  const { status } = spawnSync(process.execPath, ['tools/build-console.mjs', '--if-stale'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the consoles could not be built');
  if (process.env.VALETKEY_TEST_DATABASE_URL) return;
  const cluster = await startCluster();
  process.env.VALETKEY_TEST_DATABASE_URL = cluster.url;
  globalThis.valetkeyTestCluster = cluster;
}
