import type { LostThing, Removed } from '@valetkey/accounts';
import { LostDevices, Persons } from '@valetkey/accounts';
import type { WorkContext } from './command.js';
import { OperatorError } from './command.js';

/** Takes away what an account has lost, ends its sessions, and says what that was. @throws OperatorError for no account */
export async function removeLost(
  { app, print, note }: WorkContext,
  { username, lost }: { readonly username: string; readonly lost: readonly LostThing[] },
): Promise<number> {
  const person = await app.get(Persons).findByName(username);
  if (!person) throw new OperatorError(`no account is called ${username}`);
  const removed = await app.get(LostDevices).remove(person, lost);
  await print(`${person.username}: removed ${thingsIn(removed)}; ended ${counted(removed.sessions, 'session')}`);
  if (!removed.hasPassword) await note(`${person.username} has no password: set one with account-password`);
  return 0;
}

function thingsIn({ app, recoveryCodes, passkeys }: Removed): string {
  const things = [
    ...(app ? ['the authenticator app'] : []),
    ...(recoveryCodes > 0 ? [counted(recoveryCodes, 'recovery code')] : []),
    ...(passkeys > 0 ? [counted(passkeys, 'passkey')] : []),
  ];
  return things.length === 0 ? 'nothing, there was none' : things.join(', ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
