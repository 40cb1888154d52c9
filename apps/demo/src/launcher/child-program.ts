import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

export interface ProgramOptions {
  /** For people, in front of each line that the program writes. */
  name: string;
  /** Compiled entry and its arguments. */
  command: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Answers 2xx when the program is ready. */
  readyUrl: string;
}

const EXIT_WITH_PARENT = fileURLToPath(new URL('./exit-with-parent.js', import.meta.url));
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;

/** A program of the demo, in a process of its own. */
export class ChildProgram {
  /** Resolves with a sentence about how it ended. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;

  constructor(private readonly options: ProgramOptions) {
    this.child = spawn(process.execPath, ['--import', EXIT_WITH_PARENT, ...options.command], {
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own: Ctrl-C reaches the launcher alone, which stops its programs in order and waits for them.
      detached: true,
    });
    this.ended = once(this.child, 'exit').then(
      ([code, signal]) => `${options.name} ended ${signal ? `by ${String(signal)}` : `with exit code ${String(code)}`}`,
      (error: unknown) => `${options.name} cannot run: ${String(error)}`,
    );
    this.passOn(this.child.stdout);
    this.passOn(this.child.stderr);
  }

  /** Resolves when the program answers. Throws if it ends before, or takes too long. */
  async ready(): Promise<void> {
    let end: string | undefined;
    void this.ended.then((how) => (end = how));
    const giveUpAt = Date.now() + READY_WITHIN_MS;
    while (Date.now() < giveUpAt) {
      if (end !== undefined) throw new Error(end);
      if (await answers(this.options.readyUrl)) return;
      await wait(50);
    }
    throw new Error(`${this.options.name} is not ready after ${READY_WITHIN_MS / 1000} s`);
  }

  /** Asks the program to stop and waits until it has; one that does not listen is killed. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const impatience = new AbortController();
    await Promise.race([this.ended, wait(STOP_WITHIN_MS, undefined, { signal: impatience.signal, ref: false })]);
    impatience.abort();
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
  }

  private passOn(stream: NodeJS.ReadableStream | null): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => console.log(`[${this.options.name}] ${line}`));
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
