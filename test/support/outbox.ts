import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Server } from './server.js';

/** A message as a person reads it. */
export interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Every message that the server has put into its outbox, oldest first. */
export async function outbox(server: Server): Promise<readonly Received[]> {
  const folder = join(server.directory, 'data', 'outbox');
  const names = await readdir(folder).catch(() => []);
  const messages = names.filter((name) => name.endsWith('.eml')).sort();
  return Promise.all(messages.map(async (name) => read(await readFile(join(folder, name), 'utf8'))));
}

/** Waits for the message after so many. */
export async function nextMessage(server: Server, after: number): Promise<Received> {
  for (const end = Date.now() + 10_000; Date.now() < end; await wait(50)) {
    const message = (await outbox(server))[after];
    if (message) return message;
  }
  throw new Error('No message came');
}

/** Where the link of a message leads. */
export function linkOf({ text }: Received): string {
  const found = /https?:\/\/\S+/.exec(text)?.[0];
  if (found === undefined) throw new Error(`No link in:\n${text}`);
  return found;
}

function read(source: string): Received {
  const [head = '', ...body] = source.split(/\r?\n\r?\n/);
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  const text = body.join('\n\n');
  const isQuoted = /quoted-printable/i.test(header('content-transfer-encoding'));
  return { to: header('to'), subject: header('subject'), text: isQuoted ? unquoted(text) : text };
}

function unquoted(text: string): string {
  const joined = text.replace(/=\r?\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
