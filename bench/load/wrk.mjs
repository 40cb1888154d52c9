/** Runs wrk on the core of the load and reads its result. */
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOAD_CORE, cpuOf, startPinned } from '../machine/linux-process.mjs';

const SCRIPTS = dirname(fileURLToPath(import.meta.url));
export const CONNECTIONS = 32;

/**
 * @typedef {object} Load
 * @property {'form' | 'introspection' | 'refresh' | 'ticket-to-rpt' | 'code-flow' | 'user-info'} script
 * @property {string} url
 * @property {NodeJS.ProcessEnv} env what the script reads
 * @property {boolean} [threadPerConnection] when the script follows one connection through several requests
 */

/**
 * @typedef {object} LoadResult
 * @property {number} requests
 * @property {number} micros how long it ran
 * @property {number} wrong answers that were not the expected ones, and broken connections
 * @property {string} sample the first wrong answer
 * @property {number} p50 microseconds, as p99
 * @property {number} p99
 * @property {number} loadCpu milliseconds of CPU that wrk itself used
 * @property {number} [pairs] where two requests make one unit: how many of these were done
 * @property {number} [pairP99] microseconds, both requests together
 */

/**
 * @param {Load} load
 * @param {number} seconds
 * @returns {Promise<LoadResult>}
 * @throws {Error} when wrk fails
 */
export async function drive(load, seconds) {
  const threads = load.threadPerConnection ? CONNECTIONS : 1;
  const command = [
    'wrk',
    `-t${threads}`,
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    '--timeout',
    '10s',
    '-s',
    `${load.script}.lua`,
    load.url,
  ];
  const wrk = startPinned(LOAD_CORE, command, { cwd: SCRIPTS, env: load.env });
  let loadCpu = 0;
  const meter = setInterval(() => (loadCpu = cpuOf(/** @type {number} */ (wrk.pid))), 250);
  const [code] = await once(wrk, 'close');
  clearInterval(meter);
  const line = /^RESULT (.*)$/m.exec(wrk.tail());
  if (code !== 0 || !line) throw new Error(`wrk failed (${code}): ${wrk.tail()}`);
  const { broken, ...result } = JSON.parse(line[1]);
  return { ...result, wrong: result.wrong + broken, loadCpu };
}
