import { z } from 'zod';
import { handoverSchema } from '../../owner-api/handovers/handover-schemas.js';
import { invitationSchema } from '../../owner-api/invitations/invitation-schema.js';
import { settingsSchema } from '../../owner-api/settings/settings-schema.js';
import { labelsSchema, starSchema } from '../../owner-api/resources/resource-schemas.js';
import type { Json } from '../operation.js';
import { reference } from '../operation.js';
import { INSTANT, object, SCOPES, TEXT } from './common.schemas.js';

const COUNT: Json = { type: 'integer', minimum: 0 };
const listIn = (items: Json): Json => ({ type: 'array', items });

const SERVICE: Json = object(
  { id: TEXT, name: TEXT, state: { enum: ['answering', 'silent'], description: 'When it was last asked.' } },
  { as_of: { ...INSTANT, description: 'Of a silent one: when it answered last.' } },
);

const RESOURCE_ROW: Record<string, Json> = {
  id: TEXT,
  name: TEXT,
  rs_name: TEXT,
  service: reference('Service'),
  scopes: SCOPES,
  starred: { type: 'boolean' },
  labels: listIn(TEXT),
  holders: object({ people: COUNT, applications: COUNT, groups: COUNT }),
  created_at: INSTANT,
  updated_at: INSTANT,
};
const RESOURCE_MAY_HAVE: Record<string, Json> = {
  type: TEXT,
  description: TEXT,
  next_end: { ...INSTANT, description: 'When the next access to it ends by itself.' },
};

const SUBJECT: Json = object(
  {
    kind: { enum: ['person', 'application', 'service', 'group'] },
    id: { type: 'string', description: 'A handle of this API.' },
    name: TEXT,
    short_name: TEXT,
    verification: { enum: ['account', 'partner', 'operator', 'none'], description: 'Who checked the name.' },
  },
  { organisation: TEXT, verified_by: TEXT, removed: { const: true }, suspended: { const: true } },
);

const NAMED_RESOURCE: Json = object(
  { id: TEXT, name: TEXT, service: reference('Service') },
  { removed: { const: true } },
);

/** Members of what somebody holds that are there always, and those that may be. */
const TERMS: Record<string, Json> = {
  origin: { enum: ['share', 'invitation', 'request', 'handover', 'consent', 'operator'] },
  state: { enum: ['starting', 'active', 'suspended', 'ended'] },
  resources: listIn(reference('NamedResource')),
  resource_count: COUNT,
  scopes: listIn(reference('DescribedScope')),
  given_at: INSTANT,
};
const TERMS_MAY_HAVE: Record<string, Json> = {
  through: reference('Subject'),
  from: INSTANT,
  until: INSTANT,
  note: TEXT,
  handover_id: TEXT,
};

/** What the console reads and says: resources and how owners mark them. */
export const OWNER_CONSOLE_SCHEMAS: Json = {
  Service: SERVICE,
  Subject: SUBJECT,
  NamedResource: NAMED_RESOURCE,
  Access: object(
    { id: TEXT, version: TEXT, holder: reference('Subject'), ...TERMS },
    {
      ...TERMS_MAY_HAVE,
      last_used_at: INSTANT,
      ended_at: INSTANT,
      ended_by: TEXT,
      removed_id: TEXT,
      give_back_until: INSTANT,
    },
  ),
  Vouching: object(
    { at: { ...INSTANT, description: 'When it was said; of a sign-in here, when it was.' } },
    {
      partner: { type: 'string', description: 'Whose word it is; absent: the party signed in at this server.' },
      means: { enum: ['password', 'two_steps', 'passkey'], description: 'How surely, of a sign-in here.' },
      name: TEXT,
      email: TEXT,
    },
  ),
  RequestContext: object(
    {
      first_request: { type: 'boolean' },
      others: listIn(object({ holder: reference('Subject') }, { until: INSTANT })),
    },
    { had_before: object({}, { until: INSTANT }) },
  ),
  DescribedScope: object(
    {
      scope: TEXT,
      level: { enum: ['see', 'change', 'act', 'share'] },
      verb: TEXT,
      object: TEXT,
      published: { type: 'boolean', description: 'False where it has no words yet; then it cannot be given.' },
    },
    { consequence: TEXT, lang: TEXT },
  ),
  OwnedResource: object(RESOURCE_ROW, RESOURCE_MAY_HAVE),
  OwnedResourceView: object(
    { ...RESOURCE_ROW, described_scopes: listIn(reference('DescribedScope')) },
    { ...RESOURCE_MAY_HAVE, link: { type: 'string', format: 'uri' } },
  ),
  OwnedResourceList: object(
    { items: listIn(reference('OwnedResource')) },
    { next_cursor: TEXT, total: { ...COUNT, description: 'Of all pages; on the first.' } },
  ),
  HandoverBody: bodyOf(handoverSchema),
  Handover: object(
    {
      id: TEXT,
      subject: reference('Subject'),
      resource_count: COUNT,
      allow: { enum: ['see', 'act'] },
      until: INSTANT,
      state: { enum: ['starting', 'active', 'ended'] },
    },
    { from: INSTANT, note: TEXT },
  ),
  HandoverList: object({ items: listIn(reference('Handover')) }, { next_cursor: TEXT }),
  HandoverPreview: object(
    {
      grants: listIn(object({ holder: reference('Subject'), ...TERMS }, TERMS_MAY_HAVE)),
      left_out: listIn(object({ resource: reference('NamedResource'), why: { enum: ['nothing_to_give'] } })),
    },
    { away: object({ from: INSTANT, until: INSTANT }) },
  ),
  InvitationBody: bodyOf(invitationSchema),
  Invitation: object(
    {
      id: TEXT,
      address: TEXT,
      state: { enum: ['waiting', 'accepted', 'declined', 'taken_back', 'expired'] },
      resources: listIn(reference('NamedResource')),
      scopes: listIn(reference('DescribedScope')),
      invited_at: INSTANT,
      ends_at: { ...INSTANT, description: 'When the link stops working, or stopped.' },
    },
    {
      from: INSTANT,
      until: INSTANT,
      note: TEXT,
      mailed_at: { ...INSTANT, description: 'Absent: the mail is still to be sent.' },
      accepted_by: reference('Subject'),
    },
  ),
  InvitationList: object({ items: listIn(reference('Invitation')) }, { next_cursor: TEXT }),
  RevocationResult: object(
    {
      ended: object({ accesses: COUNT, tokens: COUNT, people: COUNT, applications: COUNT }),
      could_not_end: listIn(object({ what: TEXT, why: TEXT })),
      removed: listIn(TEXT),
    },
    { still_valid_until: INSTANT },
  ),
  SharedWithMe: object(
    { id: TEXT, version: TEXT, owner: reference('Subject'), ...TERMS },
    {
      through: reference('Subject'),
      from: INSTANT,
      until: INSTANT,
      time_zone: TEXT,
      link: TEXT,
      ended_at: INSTANT,
      ended_by: TEXT,
    },
  ),
  SharedWithMeList: object({ items: listIn(reference('SharedWithMe')) }, { next_cursor: TEXT }),
  OwnRequest: object(
    {
      id: TEXT,
      owner: reference('Subject'),
      state: { enum: ['pending', 'approved', 'denied', 'expired'] },
      asked_at: INSTANT,
      resources: listIn(reference('NamedResource')),
    },
    { decided_at: INSTANT, reason: TEXT, again_from: INSTANT },
  ),
  OwnRequestList: object({ items: listIn(reference('OwnRequest')) }, { next_cursor: TEXT }),
  OwnerSettings: bodyOf(settingsSchema),
  SignInSession: object({
    id: TEXT,
    current: { type: 'boolean', description: 'Whether it is the one of the browser that asks.' },
    browser: TEXT,
    signed_in_at: INSTANT,
    last_seen_at: INSTANT,
  }),
  SignInSessionList: object({ items: listIn(reference('SignInSession')) }, { next_cursor: TEXT }),
  Star: bodyOf(starSchema),
  Labels: bodyOf(labelsSchema),
  Summary: object({
    resources: COUNT,
    shared: COUNT,
    services: listIn(reference('Service')),
    other_services: listIn(reference('Service')),
    labels: listIn(TEXT),
    requests: object({ waiting: COUNT }, { oldest_at: INSTANT }),
  }),
};

/** The schema that the body is checked with. */
function bodyOf(schema: z.ZodType): Json {
  const json: Record<string, unknown> = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  delete json['$schema'];
  return json;
}
