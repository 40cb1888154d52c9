import type { PasswordProblem } from '@valetkey/accounts';
import { Passwords, Persons } from '@valetkey/accounts';
import type { WorkContext } from './command.js';
import { OperatorError } from './command.js';

const PROBLEMS: Readonly<Record<PasswordProblem, string>> = {
  too_short: 'the password must be at least 12 characters long',
  too_long: 'the password must be at most 128 characters long',
  too_common: 'the password is one of the most common ones',
  like_name: 'the password is a name of that account',
};

/** Sets a password, which ends all sessions of the account. @throws OperatorError for no account, or no good password */
export async function setPassword(
  { app, print }: WorkContext,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<number> {
  const person = await app.get(Persons).findByName(username);
  if (!person) throw new OperatorError(`no account is called ${username}`);
  const problem = await app.get(Passwords).set(person, password);
  if (problem !== undefined) throw new OperatorError(PROBLEMS[problem]);
  await print(`the password of ${person.username} is set, its sessions have ended`);
  return 0;
}
