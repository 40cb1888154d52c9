import type { Json } from '../operation.js';
import { reference } from '../operation.js';
import { INSTANT, object, TEXT } from './common.schemas.js';
import { OPERATOR_WORDING_SCHEMAS } from './operator-wording.schemas.js';

const COUNT: Json = { type: 'integer', minimum: 0 };

export const OPERATOR_SCHEMAS: Readonly<Record<string, Json>> = {
  ...OPERATOR_WORDING_SCHEMAS,
  Job: object(
    { id: TEXT, every_seconds: { type: 'number' } },
    {
      running_since: { ...INSTANT, description: 'Absent while it does not run.' },
      next_at: { ...INSTANT, description: 'Absent while it runs.' },
      late_since: { ...INSTANT, description: 'When it was due, where that is more than its interval ago.' },
      failing: object({
        since: INSTANT,
        times: COUNT,
        error: { enum: ['database', 'network', 'internal'] },
        reference: { ...TEXT, description: 'Of the line “job failed” of the log.' },
      }),
      waiting: { ...COUNT, maximum: 1000, description: 'What waits for it in all processes; 1000: so many or more.' },
      last: object({ at: INSTANT, lasted_ms: COUNT, outcome: { enum: ['done', 'failed'] } }),
    },
  ),
  JobList: object({ items: { type: 'array', items: reference('Job') } }),
  TokenRate: object({ issued: COUNT, refused: COUNT, failed: COUNT }),
  ClientTokens: object(
    {
      client_id: TEXT,
      counts: object({ access: COUNT, protection: COUNT, rpt: COUNT, refresh: COUNT, pct: COUNT }),
      total: COUNT,
    },
    { client_name: TEXT },
  ),
  TokenCounts: object(
    {
      items: { type: 'array', items: reference('ClientTokens') },
      counted_at: INSTANT,
      is_complete: { type: 'boolean', description: 'False: there are more; those that end first were counted.' },
      rates: object({
        last_minute: reference('TokenRate'),
        last_hour: reference('TokenRate'),
        minutes: { type: 'array', items: reference('TokenRate') },
      }),
    },
    { next_cursor: TEXT },
  ),
};
