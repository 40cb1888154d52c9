import { z } from 'zod';
import { parseDuration } from '../config/schema/values.js';
import { applicationCommand, UsageError } from './command.js';

const LONGEST = 34_560_000_000;
const MOST_USES = 100_000;

const inputSchema = z.strictObject({ uses: z.int().min(1).max(MOST_USES), lifetime: z.int().min(1).max(LONGEST) });

/** `valetkey registration-token [--uses N] [--lifetime 7d]`: makes a token that lets clients register, and shows it once. */
export const registrationToken = applicationCommand({
  name: 'registration-token',
  summary: 'make an initial access token and print it',
  usage: ['registration-token [--uses N] [--lifetime 7d]'],
  help: [
    'With it clients register themselves (RFC 7591) unless registration.mode is off; once and for a week if not told.',
  ],
  options: { uses: { type: 'string' }, lifetime: { type: 'string' } },
  positionals: 0,
  input: inputSchema,
  read: ({ values }) => {
    const read = { uses: Number(values['uses'] ?? '1'), lifetime: parseDuration(String(values['lifetime'] ?? '7d')) };
    const parsed = inputSchema.safeParse(read);
    if (!parsed.success) throw new UsageError('--uses is a whole number, --lifetime a duration such as 12h or 7d');
    return parsed.data;
  },
  work: async () => (await import('./registration-token.work.js')).makeInitialToken,
});
