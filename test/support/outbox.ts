import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Server } from './server.js';

/** A message that the server put into its outbox. */
export interface Sent {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const PATIENCE = 60_000;

/** Every message so far, in their order. */
export async function outbox(server: Server): Promise<readonly Sent[]> {
  const folder = join(server.directory, 'data', 'outbox');
  const files = await readdir(folder).catch(() => []);
  const messages = files.filter((file) => file.endsWith('.eml')).sort();
  return Promise.all(messages.map(async (file) => parse(await readFile(join(folder, file), 'utf8'))));
}

/** Waits for a message to that address with that text. */
export async function sentTo(server: Server, to: string, text: string): Promise<Sent> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await wait(50)) {
    const found = (await outbox(server)).find((one) => one.to === to && one.text.includes(text));
    if (found) return found;
  }
  throw new Error(`No message to ${to} with "${text}": ${JSON.stringify(await outbox(server))}`);
}

/** Waits for a message with a link to a new password, after so many messages of any kind. */
export async function recoveryMail(server: Server, after: number): Promise<Sent> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await wait(50)) {
    const message = (await outbox(server)).slice(after).find(({ text }) => text.includes('/account/recovery/vk_rl_'));
    if (message) return message;
  }
  throw new Error('No message came');
}

/** Where the link of a message leads. */
export function linkOf({ text }: Sent): string {
  const found = /https?:\/\/\S+/.exec(text)?.[0];
  if (found === undefined) throw new Error(`No link in:\n${text}`);
  return found;
}

function parse(message: string): Sent {
  const gap = message.indexOf('\n\n');
  const [head, body] = [message.slice(0, gap), message.slice(gap + 2)];
  const header = (name: string) => new RegExp(`^${name}: (.*(?:\n[ \t].*)*)`, 'im').exec(head)?.[1] ?? '';
  const encoding = header('Content-Transfer-Encoding').toLowerCase();
  return { to: header('To'), subject: header('Subject'), text: decoded(body, encoding) };
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
