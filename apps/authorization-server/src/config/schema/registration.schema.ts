import { z } from 'zod';

import { jwksSchema } from './jwks.schema.js';
import { partnerIssuerProblem } from './url-checks.js';
import { absoluteUri, count, distinct, duration, identifier, issuerIdentifier, scopeToken } from './values.js';

const statementIssuerSchema = z.strictObject({
  issuer: issuerIdentifier(partnerIssuerProblem).meta({ description: 'Its `iss`.' }),
  jwks: jwksSchema.meta({ description: 'Its public keys.' }),
});

export const registrationSchema = z.strictObject({
  mode: z
    .enum(['off', 'initial_access_token', 'open'])
    .prefault('off')
    .meta({
      description:
        'Whether clients register themselves (RFC 7591): not at all, with a token of `valetkey registration-token`, or all that ' +
        'come. Those that have registered before can always look and leave, and change what they registered unless it is `off`.',
    }),
  scopes: distinct(scopeToken(), 200)
    .optional()
    .meta({
      description:
        'Scopes that they may have. Where registration is not open, those that came without token may have no more than the ones about ' +
        'the person.',
      defaultText:
        'those about the person; with a token also those of `audiences` and those worded in `scopes`; none of this server’s own',
    }),
  audiences: distinct(absoluteUri(), 100).optional().meta({
    description: 'Resource servers that they may ask tokens for; without token only where registration is open.',
    defaultText: 'all of `resource_servers`; without token none',
  }),
  authorization_details_types: distinct(identifier(), 100).optional().meta({
    description:
      'Types of `authorization_details` that they may ask for; without token only where registration is open.',
    defaultText: 'all of `authorization_details_types`; without token none',
  }),
  clients: count(1, 1_000_000).prefault(10_000).meta({ description: 'Most clients registered so at a time.' }),
  clients_per_network: count(1, 10_000)
    .prefault(20)
    .meta({
      description:
        'So many may try to come from one network in an hour without token before it has to wait. Those that are refused count, too: a ' +
        'refusal may have cost a look at an address that they named.',
    }),
  changes_per_client: count(1, 10_000).prefault(20).meta({
    description: 'So often a client may change what it registered in an hour.',
  }),
  changes_per_network: count(1, 100_000).prefault(100).meta({
    description: 'So many changes may come from one network in an hour.',
  }),
  unused_lifetime: duration('1s', '400d').prefault('30d').meta({
    description: 'A client that nobody has given anything in this time is forgotten.',
  }),
  require_software_statement: z.boolean().prefault(false).meta({
    description: 'Whether each must bring a software statement of one of `software_statement_issuers`.',
  }),
  software_statement_issuers: z
    .array(statementIssuerSchema)
    .max(20, 'must not have more than 20 entries')
    .prefault([])
    .meta({
      description: 'Whose word about software counts, before what the client says itself (RFC 7591 section 2.3).',
    }),
});

export type RegistrationSettings = z.output<typeof registrationSchema>;
