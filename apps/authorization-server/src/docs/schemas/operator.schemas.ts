import type { Json } from '../operation.js';
import { reference } from '../operation.js';
import { INSTANT, object, TEXT } from './common.schemas.js';

const COUNT: Json = { type: 'integer', minimum: 0 };

export const OPERATOR_SCHEMAS: Readonly<Record<string, Json>> = {
  Job: object(
    { id: TEXT, every_seconds: { type: 'number' } },
    {
      running_since: { ...INSTANT, description: 'Absent while it does not run.' },
      next_at: { ...INSTANT, description: 'Absent while it runs.' },
      last: object({ at: INSTANT, lasted_ms: COUNT, outcome: { enum: ['done', 'failed'] } }),
    },
  ),
  JobList: object({ items: { type: 'array', items: reference('Job') } }),
};
