import { KeyRotation } from '@valetkey/keys';
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
  work: async ({ app, print, note }, { force }) => {
    const outcomes = await app.get(KeyRotation).rotateNow({ force });
    const rotated = outcomes.filter((outcome) => outcome.rotated).map(({ algorithm }) => algorithm);
    if (rotated.length > 0) await print(`rotated ${rotated.length} signing keys: ${rotated.join(', ')}`);
    for (const outcome of outcomes) {
      if (outcome.rotated) continue;
      const [publishedAt, notBefore] = [outcome.publishedAt, outcome.notBefore].map((at) => new Date(at).toISOString());
      await note(
        `${outcome.algorithm} was not rotated: its next key was published at ${publishedAt} and may sign from ` +
          `${notBefore} on; rotate after that, or with --force where a key may be compromised`,
      );
    }
    return rotated.length === outcomes.length ? 0 : 1;
  },
});
