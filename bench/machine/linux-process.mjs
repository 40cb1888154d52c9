/** Processes on one core: starting, stopping, and what Linux tells of them (CPU time, memory). */
import { spawn, execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

/** Linux counts process time in ticks of this many milliseconds (100 ticks a second on every supported machine). */
const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** @type {Set<import('node:child_process').ChildProcess>} */
const started = new Set();

/**
 * Starts a program pinned to one core. Its output is kept (last 8 KB) for error messages.
 * @param {number} core
 * @param {string[]} command program and arguments
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {import('node:child_process').ChildProcess & { tail: () => string }}
 */
export function startPinned(core, command, options = {}) {
  const child = spawn('taskset', ['-c', String(core), ...command], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk.toString()).slice(-8192));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  started.add(child);
  child.once('exit', () => started.delete(child));
  return Object.assign(child, { tail: () => output });
}

/**
 * Asks a process to end and waits; after ten seconds it is killed.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(killer);
}

/** Ends everything that is still running; for the way out after a fault or Ctrl-C. */
export async function stopEverything() {
  await Promise.all([...started].map(stop));
}

/** @param {number} pid */
function statOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    parent: Number(fields[1]),
    own: Number(fields[11]) + Number(fields[12]),
    waitedFor: Number(fields[13]) + Number(fields[14]),
  };
}

/**
 * CPU time of one process with all its threads, in milliseconds.
 * @param {number} pid
 */
export function cpuOf(pid) {
  return statOf(pid).own * TICK_MS;
}

/**
 * CPU time of a process, its living children and the children it has waited for, in milliseconds: for PostgreSQL, whose
 * connections are processes of their own.
 * @param {number} pid
 */
export function cpuOfFamily(pid) {
  const { own, waitedFor } = statOf(pid);
  let ticks = own + waitedFor;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const child = statOf(Number(name));
      if (child.parent === pid) ticks += child.own;
    } catch {
      // the process ended between the listing and the look
    }
  }
  return ticks * TICK_MS;
}

/**
 * Resident memory of a process in megabytes (10^6 bytes).
 * @param {number} pid
 */
export function residentMegabytes(pid) {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line ? (Number(line[1]) * 1024) / 1e6 : Number.NaN;
}

/**
 * Time the core has been busy for anybody since the machine started, in milliseconds.
 * @param {number} core
 */
export function busyTimeOfCore(core) {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'));
  if (!line) throw new Error(`this machine has no core ${core}`);
  const [user, nice, system, , , irq, softirq, steal] = line[1].split(' ').map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_MS;
}
