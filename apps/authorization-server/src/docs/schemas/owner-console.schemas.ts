import { z } from 'zod';
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

/** What the console reads and says: resources and how owners mark them. */
export const OWNER_CONSOLE_SCHEMAS: Json = {
  Service: SERVICE,
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
