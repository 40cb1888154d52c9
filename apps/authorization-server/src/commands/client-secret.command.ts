import { ClientRegistry } from '@valetkey/clients';
import { z } from 'zod';
import type { ClientConfig } from '../config/config.js';
import { applicationCommand, OperatorError, UsageError } from './command.js';

const inputSchema = z.strictObject({ clientId: z.string().min(1) });

/**
 * `valetkey client-secret <client_id>`: makes a new secret and shows it once, alone on standard output; the old one stays
 * valid for a while.
 */
export const clientSecret = applicationCommand({
  name: 'client-secret',
  summary: 'make a new secret for a client and print it',
  usage: ['client-secret <client_id>'],
  help: ['The old secret stays valid for tokens.client_secret_overlap. The file it is configured in is not changed.'],
  options: {},
  positionals: 1,
  input: inputSchema,
  read: ({ positionals: [clientId] }) => {
    if (clientId === undefined) throw new UsageError('which client?');
    return { clientId };
  },
  work: async ({ app, config, print, note }, { clientId }) => {
    const made = await app.get(ClientRegistry).rotateSecret(clientId, config.tokens.clientSecretOverlap);
    if (!made) throw new OperatorError(`no client that uses a secret is called ${clientId}`);
    await print(made.secret);
    const until = new Date(made.othersUntil).toISOString();
    await note(`the secret that ${clientId} had stays valid until ${until}`);
    const configured = config.clients.find((client) => client.clientId === clientId)?.secretPlace;
    if (configured) await note(`${placeOf(configured)} was not changed: put the new secret there before that`);
    return 0;
  },
});

function placeOf(place: NonNullable<ClientConfig['secretPlace']>): string {
  return 'file' in place ? `the file ${place.file}` : `the environment variable ${place.env}`;
}
