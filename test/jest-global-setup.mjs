import { installChromium } from './support/chromium.mjs';
import { startCluster } from './support/postgres-cluster.mjs';

/** Sees to it that there is a browser, and gives every suite a PostgreSQL at VALETKEY_TEST_DATABASE_URL; the test workers inherit the variable. */
export default async function setUp() {
  installChromium();
  if (process.env.VALETKEY_TEST_DATABASE_URL) return;
  const cluster = await startCluster();
  process.env.VALETKEY_TEST_DATABASE_URL = cluster.url;
  globalThis.valetkeyTestCluster = cluster;
}
