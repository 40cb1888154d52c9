/** One measurement: a site opened, checked, warmed up, driven, checked again and closed. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drive } from './load/wrk.mjs';
import { many } from './machine/network.mjs';
import { SERVER_CORE, busyTimeOfCore, residentMegabytes } from './machine/linux-process.mjs';

export const TOKENS_FOR_MEMORY = 100_000;

/**
 * @typedef {object} Measurement
 * @property {number} rate requests a second; where two make one unit: units a second
 * @property {number} p99 milliseconds; where two requests make one unit: of both together
 * @property {number} cpu milliseconds of CPU for each unit of rate
 * @property {number} memory resident megabytes of the server after the load
 * @property {number} share of the core that the server (and its database server) had while it was driven, 0 to 1
 * @property {number} disturbed share of the core that others had
 * @property {number} loadShare share of its own core that wrk used
 * @property {number} wrong answers that were not as expected
 * @property {string} sample the first of them
 */

/**
 * @typedef {object} Settings
 * @property {number} seconds
 * @property {number} warmUpSeconds
 */

let folders = 0;

/**
 * Opens a site in a folder of its own, uses it, and takes both away.
 * @template T
 * @param {{ contender: import('./contenders/contender.mjs').Contender, work: import('./contenders/contender.mjs').Work }} cell
 * @param {import('./contenders/contender.mjs').Workspace} workspace
 * @param {(site: import('./contenders/contender.mjs').Site) => Promise<T>} use
 */
export async function withSite({ contender, work }, workspace, use) {
  const folder = join(workspace.folder, `site-${++folders}`);
  mkdirSync(folder);
  try {
    const site = await contender.open(work, { ...workspace, folder });
    try {
      const result = await use(site);
      await site.end?.();
      return result;
    } finally {
      await site.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('./contenders/contender.mjs').Site} site
 * @param {Settings} settings
 * @returns {Promise<Measurement>}
 */
export async function measureLoad(site, { seconds, warmUpSeconds }) {
  await site.check();
  await drive(site.load(0), warmUpSeconds);
  const before = { server: site.cpu(), core: busyTimeOfCore(SERVER_CORE), wall: performance.now() };
  const result = await drive(site.load(1), seconds);
  const server = site.cpu() - before.server;
  const core = busyTimeOfCore(SERVER_CORE) - before.core;
  const wall = performance.now() - before.wall;
  const memory = residentMegabytes(site.pid);
  if (result.wrong === 0) await site.check();
  const units = result.pairs ?? result.requests;
  return {
    rate: units / (result.micros / 1e6),
    p99: (result.pairP99 ?? result.p99) / 1000,
    cpu: server / units,
    memory,
    share: server / wall,
    disturbed: Math.max(0, core - server) / wall,
    loadShare: result.loadCpu / (result.micros / 1000),
    wrong: result.wrong,
    sample: result.sample,
  };
}

/**
 * Resident memory after so many tokens, in megabytes.
 * @param {import('./contenders/contender.mjs').Site} site
 */
export async function measureMemory(site) {
  await many(TOKENS_FOR_MEMORY, site.mint);
  return residentMegabytes(site.pid);
}
