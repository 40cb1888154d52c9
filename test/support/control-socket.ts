import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';

import type { Server } from './server.js';

/** The folder beside the database file in which a server on SQLite takes commands. */
export const controlFolder = ({ directory }: Pick<Server, 'directory'>): string =>
  join(directory, 'data', 'valetkey.sqlite.control');

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
