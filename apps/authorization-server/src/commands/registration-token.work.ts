import { ClientRegistrationStore } from '@valetkey/clients';
import { Clock, issueOpaque } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { WorkContext } from './command.js';

const OFF =
  'warning: registration.mode is off, so nobody can register, with this token neither; set it to initial_access_token';

/** Makes an initial access token for so many registrations within so many milliseconds, and prints it. */
export async function makeInitialToken(
  { app, config, print, note }: WorkContext,
  { uses, lifetime }: { readonly uses: number; readonly lifetime: number },
): Promise<number> {
  const now = app.get(Clock).now();
  const { value, key } = issueOpaque('it', now);
  const writes = new WriteSet();
  app.get(ClientRegistrationStore).addInitialToken(writes, { hash: key, uses, expiresAt: now + lifetime });
  await app.get(Database).commit(writes);
  await print(value);
  const registrations = uses === 1 ? '1 registration' : `${String(uses)} registrations`;
  await note(`good for ${registrations} until ${new Date(now + lifetime).toISOString()}`);
  if (config.registration.mode === 'off') await note(OFF);
  return 0;
}
