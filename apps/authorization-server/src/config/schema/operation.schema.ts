import { ACR } from '@valetkey/protocol';
import { z } from 'zod';

import { count, distinct, duration, pageUrl, size } from './values.js';
import { network } from './network.js';

export const httpSchema = z.strictObject({
  body_limit: size('1KiB', '1MiB').prefault('64KiB').meta({ description: 'Largest request body taken.' }),
  shutdown_timeout: duration('100ms', '5m').prefault('10s').meta({
    description: 'How long accepted requests may take to finish at shutdown.',
  }),
  trusted_proxies: distinct(network(), 100)
    .prefault([])
    .meta({
      description:
        'Reverse proxies in front of this server. Behind one of these the address of a client is the last one in ' +
        '`X-Forwarded-For` that is not itself listed here; without any, headers say nothing. Host and scheme always come ' +
        'from `issuer`. The first request that was forwarded by an address that is not listed puts a warning in the log.',
    }),
});

export const logSchema = z.strictObject({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).prefault('info').meta({
    description: 'Least severe lines to write.',
  }),
  requests: z.enum(['all', 'errors', 'none']).prefault('errors').meta({
    description: 'Which requests get a line of their own: all, those that fail, or none.',
  }),
});

export const jobsSchema = z.strictObject({
  expire_every: duration('100ms', '1h').prefault('30s').meta({
    description: 'Time between two runs of the job that removes what has expired.',
  }),
  expire_batch: count(1, 10_000).prefault(500).meta({ description: 'Rows removed in one statement.' }),
  keep_ended: duration('1h', '3650d').prefault('90d').meta({
    description:
      'How long authorizations stay after they ended, and those of a client after it was disabled. What an owner ended stays for as long as it outranks a policy of hers.',
  }),
  keep_activity: duration('1h', '3650d').prefault('400d').meta({
    description: 'How long owners can read what happened to their things, and when somebody was last refused.',
  }),
  rotate_check_every: duration('100ms', '1d').prefault('1h').meta({
    description: 'Time between two looks at the age of the signing keys.',
  }),
  health_every: duration('100ms', '1h').prefault('30s').meta({
    description: 'How often resource servers with `health` are asked whether they are there.',
  }),
  notify_every: duration('100ms', '1h').prefault('5s').meta({
    description:
      'Time between two looks for notices that are due: mails to people about waiting requests and their accounts.',
  }),
});

export const ownerApiSchema = z.strictObject({
  min_acr: z
    .enum(ACR)
    .optional()
    .meta({
      description:
        'How surely an owner must have signed in to change something by the owner API (`acr`); tokens of a weaker sign-in are ' +
        'told what to ask for (RFC 9470).',
      defaultText: 'any way of signing in, and tokens without a sign-in',
    }),
  max_auth_age: duration('1s', '400d').optional().meta({
    description: 'How long ago she may have signed in to change something by the owner API.',
    defaultText: 'any time',
  }),
});

export const operatorsSchema = z.strictObject({
  accounts: distinct(z.string(), 100).prefault([]).meta({
    description:
      'Who runs this server: ids of `accounts`. They have the operator’s console at `{issuer}/operator/`; nobody else gets a file of it.',
  }),
  min_acr: z.enum(ACR).optional().meta({
    description: 'How surely an operator must have signed in to change something (`acr`).',
    defaultText: 'any way of signing in',
  }),
  max_auth_age: duration('1s', '1d').prefault('15m').meta({
    description: 'How long ago an operator may have signed in to change something.',
  }),
});

export type OperatorsSettings = z.output<typeof operatorsSchema>;
export type OwnerApiSettings = z.output<typeof ownerApiSchema>;

export const pagesSchema = z.strictObject({
  languages: distinct(z.enum(['en', 'de']), 2)
    .refine((list) => list.length > 0, 'must name a language')
    .prefault(['en', 'de'])
    .meta({
      description:
        'Languages that people are spoken to in. The first is that of untagged wording, and for readers of none of them. A scope can be ' +
        'shared when it is worded in each.',
    }),
  help_url: pageUrl().optional().meta({
    description:
      'A page with https where people find help: a link at the foot of every page, always in the same place.',
  }),
});

export const outboundSchema = z.strictObject({
  private_networks: distinct(network(), 100)
    .prefault([])
    .meta({
      description:
        'Addresses and networks outside the public internet that this server may call, such as those of applications that want ' +
        'to hear of a sign-out (`backchannel_logout_uri`). Plain http is used there alone.',
    }),
});

export type OutboundSettings = z.output<typeof outboundSchema>;
export type HttpSettings = z.output<typeof httpSchema>;
export type LogSettings = z.output<typeof logSchema>;
export type JobsSettings = z.output<typeof jobsSchema>;
