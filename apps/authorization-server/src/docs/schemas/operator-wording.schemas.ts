import { z } from 'zod';
import { wordingSchema } from '../../operator-api/wording/wording-schema.js';
import type { Json } from '../operation.js';
import { reference } from '../operation.js';
import { INSTANT, object, TEXT } from './common.schemas.js';

const COUNT: Json = { type: 'integer', minimum: 0, maximum: 10_000, description: '10000: so many or more.' };
const LACKING: Json = { type: 'array', items: TEXT, description: 'Such as `level` and `verb#de`.' };
const LEVELS = ['see', 'change', 'act', 'share'];

export const OPERATOR_WORDING_SCHEMAS: Readonly<Record<string, Json>> = {
  ResourceServer: object(
    {
      client_id: TEXT,
      name: TEXT,
      resource: TEXT,
      enabled: { type: 'boolean' },
      state: { enum: ['answering', 'silent', 'unknown'] },
      resources: COUNT,
      protection: object({ owners: COUNT }, { last_used_at: INSTANT }),
    },
    { answered_at: INSTANT },
  ),
  ResourceServerList: object({ items: { type: 'array', items: reference('ResourceServer') } }),
  Wording: object(
    {
      texts: {
        type: 'object',
        description: 'By language tag.',
        additionalProperties: object({}, { verb: TEXT, object: TEXT, consequence: TEXT, without: TEXT }),
      },
    },
    { level: { enum: LEVELS } },
  ),
  WordingChange: wordingChange(),
  WordingRow: object(
    {
      id: TEXT,
      scope: TEXT,
      servers: { type: 'array', items: TEXT },
      source: { enum: ['published', 'withdrawn', 'file', 'standard', 'none'] },
      published: { type: 'boolean', description: 'Owners can give it.' },
      words: reference('Wording'),
      lacking: LACKING,
      version: { ...TEXT, description: 'For `If-Match`.' },
    },
    { draft: reference('Wording'), draft_lacking: LACKING },
  ),
  WordingDetail: {
    allOf: [reference('WordingRow'), object({ languages: { type: 'array', items: TEXT } })],
  },
  WordingList: object(
    {
      items: { type: 'array', items: reference('WordingRow') },
      languages: { type: 'array', items: TEXT },
      coverage: object({ published: { type: 'integer' }, all: { type: 'integer' } }),
      is_complete: { type: 'boolean' },
    },
    { next_cursor: TEXT },
  ),
};

/** From the schema that checks the body, so that the two cannot differ. */
function wordingChange(): Json {
  const json: Record<string, unknown> = z.toJSONSchema(wordingSchema, { io: 'input', target: 'draft-2020-12' });
  delete json['$schema'];
  return json;
}
