import { z } from 'zod';

import { count, duration, size } from './values.js';

export const signInSchema = z.strictObject({
  visits_per_minute: count(1, 1_000_000).prefault(10_000).meta({
    description: 'So many people who are not signed in may begin to sign in, or to answer a request, in a minute.',
  }),
  visits_per_network: count(1, 1_000_000).prefault(2_000).meta({
    description:
      'So many of them may come from one network in a minute. One account that is signed in begins no more than this, either.',
  }),
  password_memory: size('19MiB', '1024MiB').prefault('19MiB').meta({
    description:
      'Memory that argon2id fills for one password. A changed value takes effect at the next sign-in of each person.',
  }),
  password_iterations: count(2, 20).prefault(2).meta({
    description: 'Passes of argon2id over that memory.',
  }),
  session_idle: duration('1m', '24h').prefault('30m').meta({
    description: 'A session that nobody used for so long ends.',
  }),
  session_lifetime: duration('1m', '30d').prefault('12h').meta({
    description:
      'A session ends so long after its sign-in, however much it is used; not shorter than `sign_in.session_idle`.',
  }),
  recent_sign_in: duration('1s', '24h').prefault('10m').meta({
    description:
      'Who changes password, codes or passkeys must have signed in no longer ago than this; otherwise the sign-in comes first.',
  }),
  recovery_link_lifetime: duration('1m', '24h').prefault('15m').meta({
    description: 'How long the link to a new password can be used.',
  }),
});

export type SignInSettings = z.output<typeof signInSchema>;
