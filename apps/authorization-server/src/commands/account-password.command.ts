import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { PasswordProblem } from '@valetkey/accounts';
import { Passwords, Persons } from '@valetkey/accounts';
import { z } from 'zod';
import { applicationCommand, OperatorError, UsageError } from './command.js';

const PROBLEMS: Readonly<Record<PasswordProblem, string>> = {
  too_short: 'the password must be at least 12 characters long',
  too_long: 'the password must be at most 128 characters long',
  too_common: 'the password is one of the most common ones',
  like_name: 'the password is a name of that account',
};

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
  work: async ({ app, print }, { username, password }) => {
    const person = await app.get(Persons).findByName(username);
    if (!person) throw new OperatorError(`no account is called ${username}`);
    const problem = await app.get(Passwords).set(person, password);
    if (problem !== undefined) throw new OperatorError(PROBLEMS[problem]);
    await print(`the password of ${person.username} is set, its sessions have ended`);
    return 0;
  },
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
