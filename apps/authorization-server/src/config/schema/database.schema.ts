import { z } from 'zod';

import { secretReferenceSchema } from './secret-reference.schema.js';
import { count, duration, filePath } from './values.js';

export const databaseSchema = z.strictObject({
  type: z.enum(['sqlite', 'postgres']).prefault('sqlite').meta({
    description: 'Embedded store for one process (sqlite), or PostgreSQL.',
  }),
  path: filePath().optional().meta({
    description: 'Database file; sqlite only.',
    defaultText: '`valetkey.sqlite` in `data_directory`',
  }),
  url: secretReferenceSchema.optional().meta({
    description:
      'Where the connection URL is found (postgres://user:password@host:port/database); required for postgres, which alone has it.',
  }),
  pool: count(1, 200).optional().meta({
    description: 'Most connections of one process; postgres only.',
    defaultText: '`10`',
  }),
  query_timeout: duration('100ms', '5m')
    .optional()
    .meta({
      description:
        'Longest time without an answer of the database before a query is given up, its connection closed and the request ' +
        'answered with 503; postgres only.',
      defaultText: '`10s`',
    }),
});

export type DatabaseSettings = z.output<typeof databaseSchema>;
