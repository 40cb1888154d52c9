import { z } from 'zod';
import { applicationCommand, UsageError } from './command.js';

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
  work: async () => (await import('./client-secret.work.js')).makeSecret,
});
