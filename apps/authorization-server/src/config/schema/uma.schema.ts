import { z } from 'zod';

import { count, duration, webUrl } from './values.js';

export const umaSchema = z.strictObject({
  ticket_lifetime: duration('1s', '1h').prefault('5m').meta({
    description: 'Lifetime of a permission ticket that a resource server asked for.',
  }),
  need_info_ticket_lifetime: duration('1s', '1h').prefault('10m').meta({
    description: 'Lifetime of the ticket in a `need_info` answer.',
  }),
  submitted_ticket_lifetime: duration('1s', '30d').prefault('72h').meta({
    description: 'Lifetime of the ticket in a `request_submitted` answer: how long the owner has to decide.',
  }),
  poll_interval: duration('1s', '1h').prefault('5s').meta({
    description: 'How long a client is asked to wait between two tries while the owner decides.',
  }),
  open_requests_per_owner: count(1, 100_000).prefault(1000).meta({
    description: 'Requests that may wait for one owner at a time; more are refused.',
  }),
  owner_notices: z.boolean().prefault(true).meta({
    description: 'Whether owners hear by mail that somebody waits for their answer: one message a request, gathered.',
  }),
  owner_notice_interval: duration('1s', '7d').prefault('1h').meta({
    description: 'An owner gets at most one such message in this time; what comes meanwhile is in the next.',
  }),
  owner_page: webUrl().optional().meta({
    description:
      'Web address at which owners answer requests, for these messages; `{issuer}/console/requests` if absent.',
  }),
});

export type UmaSettings = z.output<typeof umaSchema>;
