import { z } from 'zod';

import { count, distinct, duration, identifier, shownText, text } from './values.js';

export const authorizationSchema = z.strictObject({
  code_lifetime: duration('1s', '60s').prefault('60s').meta({ description: 'Lifetime of authorization codes.' }),
  pushed_request_lifetime: duration('5s', '10m').prefault('90s').meta({
    description: 'For how long a pushed authorization request can be opened (RFC 9126).',
  }),
  device_code_lifetime: duration('1s', '30m').prefault('10m').meta({
    description: 'For how long a device waits until a person has entered its code (RFC 8628).',
  }),
  device_poll_interval: duration('1s', '1m').prefault('5s').meta({
    description: 'How long a device waits between its requests; one that asks sooner waits 5 s longer from then on.',
  }),
  pushed_requests_per_minute: count(1, 1_000_000)
    .prefault(1_000)
    .meta({
      description:
        'So many authorization requests a client may push in a minute; those of clients that are public or nobody knows count ' +
        'together by the network they come from.',
    }),
  require_pushed_requests: z.boolean().prefault(false).meta({
    description: 'Whether every client must push its authorization requests (RFC 9126).',
  }),
  consent_days: z
    .array(count(1, 3650))
    .min(1, 'must have an entry')
    .max(4, 'must not have more than 4 entries')
    .refine((days) => new Set(days).size === days.length, 'must not list a number twice')
    .prefault([30, 90])
    .meta({
      valueType: 'list of numbers of days',
      description: 'For how long people can allow an application something; the first is preselected.',
    }),
  consent_without_end: z.boolean().prefault(false).meta({
    description: 'Whether people can allow an application something until they end it.',
  }),
});

export type AuthorizationSettings = z.output<typeof authorizationSchema>;

const fieldSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}(?:\.[A-Za-z0-9_-]{1,64}){0,4}$/, 'must be a member name, or several with dots between')
    .refine((name) => name !== 'type', 'must not be type: every object has it')
    .meta({
      valueType: 'member name',
      description: 'Member, or path such as `amount.currency` to one inside another.',
    }),
  kind: z.enum(['string', 'strings', 'number', 'integer', 'boolean']).meta({ description: 'What it holds.' }),
  required: z.boolean().prefault(false).meta({ description: 'Whether it must be there.' }),
  values: distinct(text(200), 200)
    .optional()
    .meta({ description: 'The only values of a string, or of a list of strings.' }),
  max_length: count(1, 4096).prefault(256).meta({ description: 'Longest string, in characters.' }),
});

export const authorizationDetailsTypeSchema = z.strictObject({
  type: identifier().meta({ description: 'The `type` that clients name.' }),
  display_name: shownText(200).meta({ description: 'Wording on consent pages.' }),
  ask: z
    .enum(['once', 'every_time'])
    .prefault('once')
    .meta({
      description:
        'Whether the same object is given again unasked while the consent lives, as access to an account may be, or every request asks, ' +
        'as for a payment; with `prompt=none` such a request is answered `consent_required`.',
    }),
  fields: z.array(fieldSchema).max(50, 'must not have more than 50 entries').prefault([]).meta({
    description: 'Members besides `type`; others are refused.',
  }),
});

export type AuthorizationDetailsTypeSettings = z.output<typeof authorizationDetailsTypeSchema>;
