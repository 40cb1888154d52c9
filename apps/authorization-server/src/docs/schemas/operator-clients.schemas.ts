import { z } from 'zod';
import { clientSettingsSchema } from '../../operator-api/clients/client-settings.js';
import type { Json } from '../operation.js';
import { reference } from '../operation.js';
import { INSTANT, object, TEXT } from './common.schemas.js';

const COUNTED: Json = object({ count: { type: 'integer', minimum: 0, maximum: 1_000 } }, { more: { const: true } });
const TEXTS: Json = { type: 'array', items: TEXT };
const CHANGEABLE: Json = { enum: ['yes', 'configured', 'registered_itself', 'no_secret'] };
const SECRET: Json = { ...TEXT, description: 'Shown once: it is not in the answer to the same request sent again.' };

function settings(): Json {
  const json: Record<string, unknown> = z.toJSONSchema(clientSettingsSchema, { io: 'input', target: 'draft-2020-12' });
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== '$schema'));
}

const ROW = {
  client_id: TEXT,
  name: TEXT,
  kind: { enum: ['confidential', 'public', 'resource_server'] },
  grant_types: TEXTS,
  scopes: TEXTS,
  origin: { enum: ['configuration', 'operator', 'registration'] },
  state: { enum: ['active', 'suspended', 'off'] },
  people: { ...COUNTED, description: 'People who gave it something that is not over.' },
};
const ROW_TOO = { publisher: TEXT, last_used_at: INSTANT };
const VIEW = {
  ...ROW,
  version: TEXT,
  settings: reference('ClientSettings'),
  unpublished: {
    type: 'array',
    items: object({ scope: TEXT, wording: TEXT, known: { type: 'boolean' } }),
    description: 'Scopes that people cannot allow, since they have no published words.',
  },
  alike: {
    type: 'array',
    maxItems: 5,
    items: object({ client_id: TEXT, name: TEXT }),
    description: 'Others of the operator that people take for it by their names.',
  },
  registered_at: INSTANT,
  vouched_by: { enum: ['operator', 'initial_access_token', 'software_statement', 'nobody'] },
  secrets: object(
    { valid: { type: 'integer', minimum: 0 } },
    { newest_since: INSTANT, former_since: INSTANT, former_until: INSTANT },
  ),
  can: object({ edit: CHANGEABLE, renew_secret: CHANGEABLE, remove: CHANGEABLE }, {}),
};
const VIEW_TOO = { ...ROW_TOO, suspended_at: INSTANT, preview: TEXT };

export const OPERATOR_CLIENT_SCHEMAS: Readonly<Record<string, Json>> = {
  ClientRow: object(ROW, ROW_TOO),
  ClientList: object({ items: { type: 'array', items: reference('ClientRow') } }, { next_cursor: TEXT }),
  ClientSettings: settings(),
  OperatedClient: object(VIEW, VIEW_TOO),
  RegisteredClient: object(VIEW, { ...VIEW_TOO, client_secret: SECRET }),
  RenewedSecret: object({ former_until: INSTANT }, { client_secret: SECRET }),
  ConsentPreview: object(
    {},
    { html: { ...TEXT, description: 'The page; absent where no page of ours asks anybody.' } },
  ),
  RemovedClient: object({ people: COUNTED, grants: COUNTED }),
};
