import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { PASSWORD, PASSWORD_VARIABLE } from './world.js';

const MAIN = resolve('dist/server/main.js');
/** Far more than it takes: a machine that does much else at the same time is no failure of the server. */
const READY_MS = 120_000;
const PROBE_MS = 2_000;
const STOP_MS = 60_000;

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program of ours may see of this machine: no setting of the person who runs the tests. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  TMPDIR: process.env.TMPDIR,
  LANG: 'C.UTF-8',
  NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
  [PASSWORD_VARIABLE]: PASSWORD,
});

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function spawnProgram(args: readonly string[], env: NodeJS.ProcessEnv, input?: string): ChildProcess {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "npm run build" before the e2e tests`);
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...environment(), ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  // A program that refuses its arguments ends before it reads.
  child.stdin?.on('error', () => undefined).end(input);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/**
 * Runs one command of the program to its end; its exit code is the caller's to judge.
 * @param input - its standard input; empty if absent
 */
export async function runProgram(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input?: string,
): Promise<CommandResult> {
  const child = spawnProgram(args, env, input);
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

/** The program's `serve`: one process at a time, its output kept over restarts. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private output = '';
  private errors = '';

  /**
   * @param issuer where it answers once it runs
   * @param args arguments of the program
   * @param env variables besides the few that every program gets
   */
  constructor(
    private readonly issuer: string,
    private readonly args: readonly string[],
    private readonly env: NodeJS.ProcessEnv = {},
  ) {}

  /** Everything written to stdout and stderr since the first start. */
  log(): string {
    return this.output;
  }

  /** What of it came from stderr. */
  stderr(): string {
    return this.errors;
  }

  /** Process id, or `undefined` while it does not run. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it and waits until it is ready; throws with its output when it ends or stays silent. */
  async start(): Promise<void> {
    if (this.child) throw new Error('The server runs already');
    const child = spawnProgram(this.args, this.env);
    this.child = child;
    const started = this.output.length;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    const deadline = Date.now() + READY_MS;
    while (!(await isReady(this.issuer))) {
      const ended = child.exitCode ?? child.signalCode;
      if (ended === null && Date.now() < deadline) {
        await wait(25);
        continue;
      }
      await this.kill('SIGKILL');
      const reason = ended === null ? `not ready after ${READY_MS} ms` : `ended with ${ended}`;
      throw new Error(`The server did not start, ${reason}:\n${this.output.slice(started)}`);
    }
  }

  /** Ends it with a signal. @returns its exit code, `null` if the signal took it; `null` too if it did not run */
  async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.child;
    if (!child) return null;
    this.child = undefined;
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await closed;
      clearTimeout(timer);
    }
    return child.exitCode;
  }
}

async function isReady(issuer: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    const answer = await fetch(new URL('/health/ready', issuer), { headers: { connection: 'close' }, signal });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
