import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { applicationCommand, OperatorError, UsageError } from './command.js';

const inputSchema = z.strictObject({ username: z.string().min(1), password: z.string() });

/**
 * `valetkey account-password <username>`: sets a password, which ends all sessions of the account. The password is one line of
 * the standard input: arguments are seen by everybody on the machine.
 */
export const accountPassword = applicationCommand({
  name: 'account-password',
  summary: 'set the password of an account and end its sessions',
  usage: ['account-password <username>'],
  help: ['The password is one line of the standard input.'],
  options: {},
  positionals: 1,
  input: inputSchema,
  read: async ({ positionals: [username] }) => {
    if (username === undefined) throw new UsageError('whose password?');
    return { username, password: await readLine() };
  },
  work: async () => (await import('./account-password.work.js')).setPassword,
});

/** The first line of the standard input; on a terminal it is asked for and not shown. */
async function readLine(): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write('password: ');
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: unseen, terminal: stdin.isTTY });
  try {
    for await (const line of lines) return line;
    throw new OperatorError('no password on the standard input');
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
    stdin.destroy();
  }
}
