import { z } from 'zod';

import { secretReferenceSchema } from './secret-reference.schema.js';
import { count, listenHost, text } from './values.js';

export const mailSchema = z.strictObject({
  from: text(320)
    .regex(
      /^([^<>@]* <)?[^\s@<>]+@[^\s@<>]+>?$/,
      'must be an e-mail address, or a name and an address in angle brackets',
    )
    .optional()
    .meta({ description: 'Sender of messages to people.', defaultText: '`no-reply@` the host of `issuer`' }),
  smtp_host: listenHost().optional().meta({
    description: 'Relay that takes messages. Without it they are files in the folder `outbox` of `data_directory`.',
  }),
  smtp_port: count(1, 65_535).optional().meta({
    description: 'Its port.',
    defaultText: '587, with `tls` 465, with `none` 25',
  }),
  smtp_security: z.enum(['starttls', 'tls', 'none']).prefault('starttls').meta({
    description: 'How the connection is protected; `none` on loopback hosts only.',
  }),
  smtp_username: text(256).optional().meta({ description: 'User name at the relay.' }),
  smtp_password: secretReferenceSchema.optional().meta({ description: 'Where the password at the relay is found.' }),
});

export type MailSettings = z.output<typeof mailSchema>;
