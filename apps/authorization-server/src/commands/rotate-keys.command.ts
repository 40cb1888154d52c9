import { z } from 'zod';
import { applicationCommand } from './command.js';

const inputSchema = z.strictObject({ force: z.boolean() });

/**
 * `valetkey rotate-keys`: every signing key is followed by its published successor at once, unless a verifier may not know
 * that one yet. Ends with 1 when a key was left as it is.
 */
export const rotateKeys = applicationCommand({
  name: 'rotate-keys',
  summary: 'let the next signing keys take over at once',
  usage: ['rotate-keys [--force]'],
  help: [
    'A key takes over only when every verifier had the time to see it published. The command says which did not, and',
    'from when on it may, and then ends with 1.',
    '  --force                rotate at once, where a key may be compromised; verifiers may refuse tokens until they look again',
  ],
  options: { force: { type: 'boolean' } },
  positionals: 0,
  input: inputSchema,
  read: ({ values }) => ({ force: values['force'] ?? false }),
  work: async () => (await import('./rotate-keys.work.js')).rotateKeysNow,
});
