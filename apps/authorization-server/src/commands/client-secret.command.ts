import { ClientRegistry } from '@valetkey/clients';
import type { CommandOptions } from './open-application.js';
import { OperatorError, withApplication } from './open-application.js';

/** `valetkey client-secret <client_id>`: makes a new secret and shows it once; the old one stays valid for a while. */
export async function clientSecret(options: CommandOptions): Promise<void> {
  const [clientId] = options.positionals;
  if (clientId === undefined) throw new OperatorError('usage: valetkey client-secret <client_id>');
  const secret = await withApplication(options, (app, config) =>
    app.get(ClientRegistry).rotateSecret(clientId, config.tokens.clientSecretOverlap),
  );
  if (secret === undefined) throw new OperatorError(`no client that uses a secret is called ${clientId}`);
  options.print(secret);
}
