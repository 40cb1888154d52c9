/** Stops the PostgreSQL of this run, if it was started for it. */
export default async function tearDown() {
  await globalThis.valetkeyTestCluster?.stop();
}
