import { z } from 'zod';

import { filePath } from './values.js';

const HINT = 'a secret must not stand in this file: give { file: PATH } or { env: NAME }';

/** Where a secret is found. The secret itself is refused in the configuration file, and never shown in a message. */
export const secretReferenceSchema = z
  .strictObject(
    {
      file: filePath()
        .optional()
        .meta({ description: 'File with the secret, readable by its owner alone (mode 0600).' }),
      env: z
        .string()
        .regex(/^[A-Z_][A-Z0-9_]{0,63}$/, 'must be the name of an environment variable: A-Z, 0-9 and _ only')
        .optional()
        .meta({ valueType: 'name', description: 'Environment variable with the secret.' }),
    },
    { error: (issue) => (issue.code === 'invalid_type' && issue.input === undefined ? 'is required' : HINT) },
  )
  .refine((value) => (value.file === undefined) !== (value.env === undefined), { error: HINT })
  .meta({ oneRequired: ['file', 'env'] });

export type SecretReference = z.output<typeof secretReferenceSchema>;
