import type { Json } from '../operation.js';
import { object, SCOPES, TEXT } from './common.schemas.js';

const LONG_TEXT: Json = { type: 'string', maxLength: 1000 };
const SOME_SCOPES: Json = { ...SCOPES, minItems: 1, maxItems: 100, uniqueItems: true };

const DESCRIPTION: Json = {
  name: { ...LONG_TEXT, description: 'For people; `name#de` and the like say it in other languages.' },
  description: LONG_TEXT,
  type: LONG_TEXT,
  icon_uri: { ...LONG_TEXT, format: 'uri', description: 'http or https; never fetched by this server.' },
};

const SERVER_MEMBERS: Json = {
  _id: { type: 'string', description: 'The identifier, made by this server.' },
  user_access_policy_uri: { type: 'string', format: 'uri', description: 'Where the owner sets policies.' },
};

const PERMISSION: Json = object({
  resource_id: { type: 'string', minLength: 1, maxLength: 200 },
  resource_scopes: { ...SCOPES, maxItems: 100, uniqueItems: true },
});

/** Bodies and answers of the protection API (FedAuthz sections 3 and 4). */
export const UMA_SCHEMAS: Json = {
  ResourceDescription: {
    ...object({ resource_scopes: SOME_SCOPES }, DESCRIPTION),
    description: 'Members that this server does not know are kept and returned.',
    maxProperties: 50,
  },
  RegisteredResource: object(SERVER_MEMBERS),
  DescribedResource: object({ ...SERVER_MEMBERS, resource_scopes: SCOPES }, DESCRIPTION),
  ResourceIds: { type: 'array', items: TEXT },
  PermissionRequest: { oneOf: [PERMISSION, { type: 'array', minItems: 1, maxItems: 50, items: PERMISSION }] },
  PermissionTicket: object({ ticket: TEXT }),
};
