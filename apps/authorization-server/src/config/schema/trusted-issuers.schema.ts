import { ASYMMETRIC_ALGORITHMS } from '@valetkey/protocol';
import { z } from 'zod';

import { jwksSchema } from './jwks.schema.js';
import { partnerIssuerProblem } from './url-checks.js';
import { absoluteUri, distinct, duration, filePath, issuerIdentifier, shownText } from './values.js';

export const trustedIssuerSchema = z.strictObject({
  issuer: issuerIdentifier(partnerIssuerProblem).meta({
    description: 'Issuer identifier, exactly as in its tokens; unique, and not the issuer of this server.',
  }),
  name: shownText(100).meta({ description: 'Name for people.' }),
  jwks: jwksSchema.optional().meta({ description: 'Its public keys; either this or `jwks_file`.' }),
  jwks_file: filePath().optional().meta({ description: 'JSON file with its public keys; either this or `jwks`.' }),
  audiences: distinct(absoluteUri(), 10)
    .refine((list) => list.length > 0, 'must have at least one entry')
    .optional()
    .meta({
      description: 'Audiences that its ID tokens may be made for.',
      defaultText: 'the `issuer` of this server',
    }),
  algorithms: distinct(z.enum(ASYMMETRIC_ALGORITHMS), 10)
    .refine((list) => list.length > 0, 'must have at least one entry')
    .prefault(['ES256'])
    .meta({ description: 'Algorithms its signatures may have; at least one key fits one of them.' }),
  max_age: duration('1s', '24h').prefault('1h').meta({
    description: 'How old an ID token may be when it is pushed.',
  }),
  enabled: z.boolean().prefault(true).meta({ description: 'What a disabled issuer signs is refused.' }),
});

export type TrustedIssuerSettings = z.output<typeof trustedIssuerSchema>;
