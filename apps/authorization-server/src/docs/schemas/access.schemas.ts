import { z } from 'zod';
import { accessEndSchema, shareChangeSchema, shareSchema, stopSchema } from '../../owner-api/access/share-schemas.js';
import type { Json } from '../operation.js';
import { reference } from '../operation.js';
import { INSTANT, object, TEXT } from './common.schemas.js';

const COUNT: Json = { type: 'integer', minimum: 0 };
const VERSION: Json = { type: 'string', description: 'For `If-Match`.' };
const GONE: Json = { const: true, description: 'It is gone; the name is the one that it had.' };
const listOf = (schema: string): Json => ({ type: 'array', items: reference(schema) });

const SUBJECT: Json = object(
  {
    kind: { enum: ['person', 'application', 'service', 'group'] },
    id: { type: 'string', description: 'A handle of this API; opaque.' },
    name: TEXT,
    short_name: TEXT,
    verification: { enum: ['account', 'partner', 'operator', 'none'] },
  },
  { organisation: TEXT, verified_by: TEXT, removed: GONE, suspended: { const: true } },
);

const SERVICE: Json = object({ id: TEXT, name: TEXT, state: { enum: ['answering', 'silent'] } }, { as_of: INSTANT });

const SCOPE: Json = object(
  {
    scope: TEXT,
    level: { enum: ['see', 'change', 'act', 'share'] },
    verb: TEXT,
    object: TEXT,
    published: { type: 'boolean' },
  },
  { consequence: TEXT, lang: TEXT },
);

const ROW: Readonly<Record<string, Json>> = {
  id: { type: 'string', description: '`share:` and the id of the policy, or `grant:` and the `grant_id`.' },
  version: VERSION,
  origin: { enum: ['share', 'invitation', 'request', 'handover', 'consent', 'operator'] },
  state: { enum: ['starting', 'active', 'suspended', 'ended'] },
  holder: reference('AccessSubject'),
  resources: listOf('AccessResource'),
  resource_count: COUNT,
  scopes: listOf('AccessScope'),
  given_at: INSTANT,
};
const ROW_MAY_HAVE: Readonly<Record<string, Json>> = {
  through: reference('AccessSubject'),
  from: INSTANT,
  until: { ...INSTANT, description: 'Access is over at this instant; absent: no end.' },
  last_used_at: INSTANT,
  last_refused: object({ at: INSTANT, scopes: listOf('AccessScope') }, { through: reference('AccessSubject') }),
  handover_id: TEXT,
  keeps_the_data: { const: true },
  note: TEXT,
  ended_at: INSTANT,
  ended_by: { enum: ['owner', 'expired', 'stopped', 'handover_over', 'resource_removed', 'holder', 'operator'] },
};

const HOP: Json = object(
  { subject: reference('AccessSubject'), role: { enum: ['owner', 'holder', 'actor', 'service'] } },
  { first_seen_at: INSTANT, last_seen_at: INSTANT, unseen: { const: true } },
);

const VIEW: Readonly<Record<string, Json>> = {
  history: listOf('ActivityLine'),
  chains: {
    type: 'array',
    items: object({ hops: { type: 'array', items: HOP } }, { last_used_at: INSTANT }),
    description: 'Most recently used first, three at most.',
  },
  chain_count: COUNT,
  tokens: object({ alive: COUNT }, { self_contained_until: INSTANT }),
  technical: { type: 'object', additionalProperties: TEXT },
};

const REMOVED: Readonly<Record<string, Json>> = { removed_id: TEXT };
const REMOVED_MAY_HAVE: Readonly<Record<string, Json>> = {
  give_back_until: { ...INSTANT, description: 'Absent where it cannot come back.' },
};

/** Who has access to what is an owner's, and what happened. */
export const ACCESS_SCHEMAS: Json = {
  AccessSubject: SUBJECT,
  AccessResource: object({ id: TEXT, name: TEXT, service: SERVICE }, { removed: GONE }),
  AccessScope: SCOPE,
  AccessRow: object(ROW, ROW_MAY_HAVE),
  GivenBackAccess: object(ROW, {
    ...ROW_MAY_HAVE,
    asks_again: { const: true, description: 'Its application has no tokens of it: it asks for them again.' },
  }),
  AccessList: object(
    {
      items: listOf('AccessRow'),
      counts: object({
        ...Object.fromEntries(
          ['all', 'never_used', 'unused_90_days', 'no_end', 'ending_7_days', 'people', 'applications'].map((name) => [
            name,
            COUNT,
          ]),
        ),
      }),
      computed_at: INSTANT,
    },
    { next_cursor: TEXT },
  ),
  AccessView: object({ ...ROW, ...VIEW }, { ...ROW_MAY_HAVE, ...REMOVED, ...REMOVED_MAY_HAVE }),
  EndedAccess: object(
    {
      ended: object({ accesses: COUNT, tokens: COUNT, people: COUNT, applications: COUNT }),
      could_not_end: { type: 'array', items: object({ what: TEXT, why: TEXT }) },
      removed: { type: 'array', items: TEXT, description: 'Handles to give it back by; the first two hundred.' },
    },
    { still_valid_until: { ...INSTANT, description: 'Until then a token may be taken that is read without asking.' } },
  ),
  RemovedAccessList: object(
    {
      items: {
        type: 'array',
        items: object({ ...ROW, ...REMOVED }, { ...ROW_MAY_HAVE, ...REMOVED_MAY_HAVE }),
      },
    },
    { next_cursor: TEXT },
  ),
  ShareBody: bodyOf(shareSchema),
  ShareChangeBody: bodyOf(shareChangeSchema),
  ShareList: object({ items: listOf('AccessRow') }),
  AccessEndBody: bodyOf(accessEndSchema),
  StopBody: bodyOf(stopSchema),
  StopPreview: object({
    accesses: COUNT,
    people: COUNT,
    applications: COUNT,
    sessions: COUNT,
    stays: listOf('AccessSubject'),
  }),
  CheckUp: object({
    items: {
      type: 'array',
      items: object(
        {
          ...ROW,
          reasons: {
            type: 'array',
            items: { enum: ['never_used', 'unused', 'no_end', 'broad', 'unknown_application'] },
          },
        },
        ROW_MAY_HAVE,
      ),
    },
    total: COUNT,
    next_at: INSTANT,
  }),
  ActivityLine: object(
    {
      id: { type: 'string', description: 'Grows with time.' },
      at: INSTANT,
      kind: { type: 'string', description: 'What happened, such as `given` or `used`.' },
      resources: listOf('AccessResource'),
      scopes: listOf('AccessScope'),
    },
    {
      actor: reference('AccessSubject'),
      holder: reference('AccessSubject'),
      through: reference('AccessSubject'),
      until: INSTANT,
      invited: { type: 'string', description: 'The address that an invitation went to.' },
      access_id: TEXT,
      request_id: TEXT,
      reference: TEXT,
    },
  ),
  ActivityList: object({ items: listOf('ActivityLine') }, { next_cursor: TEXT }),
};

/** The schema that the body is checked with. */
function bodyOf(schema: z.ZodType): Json {
  const json: Record<string, unknown> = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  delete json['$schema'];
  return json;
}
