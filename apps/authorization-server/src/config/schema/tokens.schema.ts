import { z } from 'zod';

import { duration } from './values.js';

export const tokensSchema = z.strictObject({
  access_token_lifetime: duration('1s', '24h').prefault('10m').meta({ description: 'Lifetime of access tokens.' }),
  rpt_lifetime: duration('1s', '24h')
    .prefault('10m')
    .meta({ description: 'Lifetime of requesting party tokens (UMA).' }),
  refresh_token_lifetime: duration('1s', '400d').prefault('30d').meta({
    description: 'Lifetime of a refresh token, counted anew at each rotation.',
  }),
  refresh_token_grace: duration('0s', '60s').prefault('10s').meta({
    description:
      'How long a rotated refresh token may be sent again because its answer was lost, without counting as theft.',
  }),
  pct_lifetime: duration('1s', '400d')
    .prefault('30d')
    .meta({ description: 'Lifetime of persisted claims tokens (UMA).' }),
  client_secret_overlap: duration('0s', '90d').prefault('7d').meta({
    description:
      'How long the former client secret stays valid beside a new one; a third within that time ends the oldest.',
  }),
  require_dpop_nonce: z.boolean().prefault(false).meta({
    description: 'Whether every DPoP proof must carry a nonce of this server (RFC 9449 section 8).',
  }),
});

export type TokensSettings = z.output<typeof tokensSchema>;
