import { ClientRegistry } from '@valetkey/clients';
import type { ClientConfig } from '../config/config.js';
import type { WorkContext } from './command.js';
import { OperatorError } from './command.js';

/** Makes a new secret, prints it, and says until when the old one is valid. @throws OperatorError for who has no secret */
export async function makeSecret(
  { app, config, print, note }: WorkContext,
  { clientId }: { readonly clientId: string },
): Promise<number> {
  const made = await app.get(ClientRegistry).rotateSecret(clientId, config.tokens.clientSecretOverlap);
  if (!made) throw new OperatorError(`no client that uses a secret is called ${clientId}`);
  await print(made.secret);
  const until = new Date(made.othersUntil).toISOString();
  await note(`the secret that ${clientId} had stays valid until ${until}`);
  const configured = config.clients.find((client) => client.clientId === clientId)?.secretPlace;
  if (configured) await note(`${placeOf(configured)} was not changed: put the new secret there before that`);
  return 0;
}

function placeOf(place: NonNullable<ClientConfig['secretPlace']>): string {
  return 'file' in place ? `the file ${place.file}` : `the environment variable ${place.env}`;
}
