import { z } from 'zod';
import { ACR } from '@valetkey/protocol';
import { approvalSchema, denialSchema, policySchema } from '../../owner-api/owner-schemas.js';
import type { Json } from '../operation.js';
import { reference } from '../operation.js';
import { INSTANT, object, SCOPES, SECONDS, TEXT } from './common.schemas.js';

const CLIENT: Json = object(
  { client_id: TEXT, name: TEXT },
  { publisher: TEXT, logo_uri: { type: 'string', format: 'uri' } },
);

const PARTY: Json = object({ issuer: TEXT, subject: TEXT }, { name: TEXT, email: TEXT, account_id: TEXT });

const REQUESTED_RESOURCE: Json = object(
  { resource_id: TEXT, name: TEXT, scopes: SCOPES },
  {
    rs_name: TEXT,
    removed: { const: true, description: 'The resource is gone; its name is the one under which it was asked for.' },
  },
);

const HELD_RESOURCE: Json = object({ id: TEXT, name: TEXT, scopes: SCOPES }, { rs_name: TEXT, expires_at: INSTANT });

const WORDED_SCOPE: Json = object({ scope: TEXT, name: TEXT }, { description: TEXT });

const POLICY_SUBJECT: Json = {
  oneOf: [
    object({ type: { const: 'account' }, account_id: TEXT }),
    object({ type: { const: 'partner' }, issuer: TEXT, subject: TEXT }),
    object({ type: { const: 'claim' }, issuer: TEXT, claim: TEXT, value: TEXT }),
    object({ type: { const: 'client' } }),
    object({ type: { const: 'anyone' } }),
  ],
};

/** What is asked of an owner and answered to her. */
export const OWNER_SCHEMAS: Json = {
  PolicyBody: bodyOf(policySchema),
  ApprovalBody: bodyOf(approvalSchema),
  DenialBody: bodyOf(denialSchema),
  OwnerSession: object(
    {
      csrf_token: { type: 'string', description: 'For `X-CSRF-Token`.' },
      person: object({ id: TEXT, name: TEXT, short_name: TEXT }, { username: TEXT, email: TEXT }),
      is_operator: { type: 'boolean' },
      settings: object({
        language: { type: ['string', 'null'] },
        time_zone: { type: ['string', 'null'] },
        default_days: { type: ['integer', 'null'] },
        shortcuts: { type: 'boolean' },
        request_mails: { type: 'boolean' },
      }),
      languages: { type: 'array', items: TEXT },
      sharing: object({
        default_days: { type: 'integer' },
        application_default_days: { type: 'integer' },
        longest_days: { type: ['integer', 'null'] },
        no_end: { type: 'boolean' },
        directory: { enum: ['names', 'exact', 'none'] },
        invitations: { type: 'boolean' },
      }),
      server_name: TEXT,
      ends_at: INSTANT,
    },
    { help_url: { type: 'string', format: 'uri' } },
  ),
  Policy: object(
    {
      id: TEXT,
      resource_id: TEXT,
      subject: POLICY_SUBJECT,
      scopes: SCOPES,
      created_at: INSTANT,
      updated_at: INSTANT,
    },
    {
      client_id: TEXT,
      not_before: INSTANT,
      expires_at: INSTANT,
      max_claims_age: SECONDS,
      min_acr: { enum: Object.values(ACR) },
      max_auth_age: SECONDS,
    },
  ),
  AccessRequest: object(
    {
      id: TEXT,
      state: { enum: ['pending', 'approved', 'denied', 'expired'] },
      client: CLIENT,
      requesting_party: PARTY,
      resources: { type: 'array', items: REQUESTED_RESOURCE },
      created_at: INSTANT,
      expires_at: INSTANT,
      version: TEXT,
      who: reference('Subject'),
      vouched: { type: 'array', items: reference('Vouching') },
      through: reference('Subject'),
      asked: {
        type: 'array',
        items: object({
          resource: reference('NamedResource'),
          scopes: { type: 'array', items: reference('DescribedScope') },
        }),
      },
      asked_at: INSTANT,
      context: reference('RequestContext'),
    },
    {
      decided_at: INSTANT,
      why: { type: 'string', description: 'What the client said it is for; nobody checked that.' },
      given: { type: 'array', items: reference('Access') },
      reason: TEXT,
      muted_until: INSTANT,
    },
  ),
  Authorization: object(
    {
      grant_id: TEXT,
      origin: { enum: ['client', 'owner', 'uma'], description: 'Which way in made it.' },
      state: { enum: ['active', 'suspended', 'revoked', 'expired'] },
      client: CLIENT,
      scopes: { type: 'array', items: WORDED_SCOPE },
      resources: {
        type: 'array',
        items: reference('HeldResource'),
        description: 'The first ones: up to five in a list, up to a hundred where one authorization is read.',
      },
      resource_count: {
        type: 'integer',
        minimum: 0,
        description: 'How many there are; all of them at `/me/authorizations/{id}/resources`.',
      },
      granted_at: INSTANT,
      token_type: { const: 'Bearer' },
    },
    { requesting_party: PARTY, label: TEXT, last_used_at: INSTANT, expires_at: INSTANT, ended_at: INSTANT },
  ),
  PolicyList: listOf('Policy'),
  AccessRequestList: listOf('AccessRequest'),
  AuthorizationList: listOf('Authorization'),
  HeldResource: HELD_RESOURCE,
  HeldResourceList: listOf('HeldResource'),
};

/** The schema that the body is checked with. */
function bodyOf(schema: z.ZodType): Json {
  const json: Record<string, unknown> = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  delete json['$schema'];
  return json;
}

function listOf(schema: string): Json {
  const next = { type: 'string', description: 'The `cursor` of the next page; absent on the last.' };
  return object({ items: { type: 'array', items: reference(schema) } }, { next_cursor: next });
}
