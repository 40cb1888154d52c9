import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { OptionValues } from './command.js';
import { applicationCommand, UsageError } from './command.js';

const text = z.string().min(1);
const connectionSchema = z.strictObject({
  account: text,
  client: text,
  scope: text,
  count: z.coerce.number().int().min(1).max(999_999).default(1),
});

/**
 * `valetkey connect`: accounts authorize clients, by the operator's hand. This is how a resource server gets its PAT for a
 * person, and an owner her token for the owner API. Prints one JSON object a line, in the order of the wishes.
 */
export const connect = applicationCommand({
  name: 'connect',
  summary: 'authorize a client for an account and print its first tokens',
  usage: ['connect --account <id> --client <client_id> --scope "<scopes>" [--count <n>]', 'connect --from <file>'],
  help: [
    '  --account <id>         who authorizes',
    '  --client <client_id>   who is authorized',
    '  --scope "<scopes>"     what for, with spaces between',
    '  --count <n>            so many independent connections',
    '  --from <file>          a JSON array of objects with these members',
  ],
  options: {
    account: { type: 'string' },
    client: { type: 'string' },
    scope: { type: 'string' },
    count: { type: 'string' },
    from: { type: 'string' },
  },
  positionals: 0,
  input: z.array(connectionSchema),
  read: ({ values }) => readWishes(values),
  work: async () => (await import('./connect.work.js')).connectAll,
});

function readWishes({ from, ...wish }: OptionValues): unknown {
  if (typeof from !== 'string') return [wish];
  try {
    return JSON.parse(readFileSync(from, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${from} is no JSON file that can be read`, { cause });
  }
}
