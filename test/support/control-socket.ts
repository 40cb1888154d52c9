import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { CommandResult } from './server-process.js';

/** The folder beside the database file in which a server on SQLite takes commands. */
export const controlFolder = ({ directory }: Place): string => join(directory, 'data', 'valetkey.sqlite.control');

/** A server, by the folder of its data. */
interface Place {
  readonly directory: string;
}

/** It answers requests a moment before it takes commands. */
const UNTIL_IT_LISTENS = 30_000;

/** How a caller goes on once it has said what it says. */
export type Then = 'listens' | 'stays' | 'hangs up';

/**
 * Sends bytes to a socket and reads what comes back until the other side closes. A caller that only listens ends its own
 * side; one that stays may have more to say.
 */
export async function sendToSocket(path: string, bytes: string | Uint8Array, then: Then = 'listens'): Promise<string> {
  const socket = connect({ path, allowHalfOpen: true });
  let answer = '';
  // A server may let go of a caller that says too much.
  socket.on('error', () => undefined).on('data', (chunk: Buffer) => (answer += chunk.toString()));
  await once(socket, 'connect');
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  if (then === 'hangs up') socket.destroy();
  if (then === 'listens') socket.end();
  if (then === 'stays') socket.once('end', () => socket.end());
  if (!socket.closed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return answer;
}

/**
 * Lets a server on SQLite that serves run a command, without a program that asks it to.
 * @param input - as the program sends it
 */
export async function commandBeside(server: Place, command: string, input: unknown): Promise<CommandResult> {
  const answer = await sendAsSoonAsItListens(controlFolder(server), `${JSON.stringify({ command, input })}\n`);
  const said = answer.split('\n').filter((line) => line !== '');
  const lines = said.map((line) => JSON.parse(line) as { out?: string; err?: string; exit?: number });
  const text = (stream: 'out' | 'err') =>
    lines.flatMap((line) => (line[stream] === undefined ? [] : `${line[stream]}\n`));
  return {
    code: lines.find(({ exit }) => exit !== undefined)?.exit ?? null,
    stdout: text('out').join(''),
    stderr: text('err').join(''),
  };
}

async function sendAsSoonAsItListens(folder: string, line: string): Promise<string> {
  for (const end = performance.now() + UNTIL_IT_LISTENS; ; await wait(20)) {
    // Written where the path is longer than a socket's may be.
    const path = await readFile(join(folder, 'elsewhere'), 'utf8').catch(() => join(folder, 'socket'));
    try {
      return await sendToSocket(path, line, 'stays');
    } catch (error) {
      // It was not connected, so nothing was sent.
      if (performance.now() > end) throw error;
    }
  }
}
