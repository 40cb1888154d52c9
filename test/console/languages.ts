import { ownersOf } from '../owner-api/owners.js';
import type { Server } from '../support/server.js';

/** Alice reads the console in this language from now on. */
export async function readsIn(server: Server, language: 'en' | 'de'): Promise<void> {
  const settings = { language, time_zone: null, default_days: null, shortcuts: true, request_mails: true };
  const answer = await server.http.json('PUT', '/me/settings', settings, { bearer: ownersOf(server).alice.token });
  if (answer.status !== 200) throw new Error(`The settings were refused: ${answer.text}`);
}
