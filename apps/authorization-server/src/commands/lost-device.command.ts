import type { LostThing } from '@valetkey/accounts';
import { z } from 'zod';
import { applicationCommand, UsageError } from './command.js';

/** Options, and what each of them takes away. */
const THINGS: Readonly<Record<string, LostThing>> = {
  app: 'app',
  'recovery-codes': 'recovery_codes',
  passkeys: 'passkeys',
};

const inputSchema = z.strictObject({
  username: z.string().min(1),
  lost: z.array(z.enum(['app', 'recovery_codes', 'passkeys'])).min(1),
});

/** `valetkey lost-device <username> --app --passkeys`: for who cannot sign in any more, or whose device is in other hands. */
export const lostDevice = applicationCommand({
  name: 'lost-device',
  summary: 'remove what an account signs in with and has lost, and end its sessions',
  usage: ['lost-device <username> [--app] [--recovery-codes] [--passkeys]'],
  help: [
    '  --app                  the authenticator app, and the recovery codes that belong to it',
    '  --recovery-codes       the recovery codes alone',
    '  --passkeys             all passkeys',
    'All sessions of the account end, and the person hears of it by mail. Make sure first that it is she who asks.',
  ],
  options: { app: { type: 'boolean' }, 'recovery-codes': { type: 'boolean' }, passkeys: { type: 'boolean' } },
  positionals: 1,
  input: inputSchema,
  read: ({ positionals: [username], values }) => {
    if (username === undefined) throw new UsageError('whose device?');
    const lost = Object.entries(THINGS).flatMap(([option, thing]) => (values[option] === true ? [thing] : []));
    if (lost.length === 0) throw new UsageError('what is lost? --app, --recovery-codes, --passkeys');
    return { username, lost };
  },
  work: async () => (await import('./lost-device.work.js')).removeLost,
});
