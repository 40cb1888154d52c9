import { z } from 'zod';

import { absoluteUri, distinct, identifier, scopeToken, shownText, webUrl } from './values.js';

export const resourceServerSchema = z.strictObject({
  client_id: identifier().meta({ description: 'Client that the resource server is; a confidential one of `clients`.' }),
  resource: absoluteUri().meta({
    description: 'Absolute URI that names the resource server in the parameter `resource` and as audience (RFC 8707).',
  }),
  name: shownText(100).meta({ description: 'Name for people.' }),
  scopes: distinct(scopeToken(), 200).prefault([]).meta({
    description: 'Scopes of its own interface. Scopes of resources that it registers need not be listed.',
  }),
  partial_grant: z.boolean().prefault(false).meta({
    description: 'Whether a UMA request may be granted in part (true) or all or nothing (false).',
  }),
  health: webUrl()
    .optional()
    .meta({
      description:
        'Address that it answers while it is there (any status below 500): owners are told when it is not. https, or http on a loopback ' +
        'host; what is not on the internet must be in `outbound.private_networks`.',
    }),
  realm: z
    .string()
    .regex(
      /^[\x20\x21\x23-\x5b\x5d-\x7e]{1,100}$/,
      'must be 1 to 100 printable ASCII characters without quote and backslash',
    )
    .optional()
    .meta({ valueType: 'text', description: 'Realm of its challenges.' }),
});

export type ResourceServerSettings = z.output<typeof resourceServerSchema>;
