import { ERROR_STATUS } from '@valetkey/protocol';
import type { Json } from '../operation.js';

export const TEXT: Json = { type: 'string' };
export const SCOPES: Json = {
  type: 'array',
  items: { type: 'string', pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,128}$' },
};
export const INSTANT: Json = { type: 'string', format: 'date-time' };
export const SECONDS: Json = { type: 'integer', minimum: 0, description: 'Seconds.' };
/** RFC 7519 section 2. */
export const NUMERIC_DATE: Json = { type: 'integer', description: 'Seconds since 1970-01-01T00:00:00Z.' };

/** An object of which the named members are always there. */
export function object(required: Json, optional: Json = {}): Json {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

const CODE =
  'A registered code, or one of this server: `invalid_state` (the request is decided or over), `precondition_failed`, `precondition_required`.';

export const COMMON_SCHEMAS: Json = {
  Error: object(
    { error: { type: 'string', enum: Object.keys(ERROR_STATUS), description: CODE } },
    {
      error_description: { type: 'string', description: 'For developers.' },
      reference: {
        type: 'string',
        description: 'Of the owner API: to be told to the operator, finds the line of the log.',
      },
      fields: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'Of the operator API: what is wrong with which member of the body.',
      },
      current: { description: 'Of a change that came too late: how the thing is now.' },
      request_id: { type: 'string', description: 'Only with 5xx: finds the log lines of this request.' },
    },
  ),
};
