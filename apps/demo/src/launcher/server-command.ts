import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The authorization server's compiled entry; the demo is started from the project's folder. */
export const SERVER = 'dist/server/main.js';

/** The environment without the server's own settings: the demo's server is to do what the demo's file says. */
export function demoEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^VALETKEY_(?!DEMO_)/.test(name));
  return Object.fromEntries(kept);
}

/** Runs a command of the server to its end and gives what it wrote to standard output. Throws with what it complained of. */
export async function serverCommand(config: string, command: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, [SERVER, ...command, '--config', config], {
      env: demoEnvironment(),
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The server's command "${command[0]}" failed:\n${stderr}${stdout}`.trimEnd());
  }
}
