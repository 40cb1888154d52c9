import { SIGNING_ALGORITHMS } from '@valetkey/protocol';
import { z } from 'zod';

import { secretReferenceSchema } from './secret-reference.schema.js';
import { distinct, duration } from './values.js';

const algorithm = z.enum(SIGNING_ALGORITHMS);

export const keysSchema = z.strictObject({
  encryption_key: secretReferenceSchema.optional().meta({
    description:
      'Where the key-encryption key is found that protects private keys at rest: 32 bytes as 43 base64url characters. ' +
      'With sqlite a missing file is made at the first start; with postgres the key must be given.',
    defaultText: '`key-encryption-key` in `data_directory` (sqlite)',
  }),
  signing_algorithm: algorithm.prefault('ES256').meta({
    description: 'Algorithm that access tokens are signed with; must be one of `keys.algorithms`.',
  }),
  algorithms: distinct(algorithm, 4)
    .refine((list) => list.length > 0, 'must have at least one entry')
    .prefault(['ES256', 'EdDSA', 'RS256'])
    .meta({
      description:
        'Algorithms to keep signing keys for. What was signed with one that is taken out stays good until it ends.',
    }),
  rotate_every: duration('1s', '400d').prefault('90d').meta({
    description: 'How long a key signs before the next one takes over.',
  }),
  publish_ahead: duration('0s', '30d')
    .prefault('1d')
    .meta({
      description:
        'How long the next key is published before it signs; shorter than `keys.rotate_every`. Verifiers are told to keep ' +
        'the published keys for no longer than that, and for a minute at most.',
    }),
});

export type KeysSettings = z.output<typeof keysSchema>;
