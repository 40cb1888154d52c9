import { isScopeToken } from '@valetkey/protocol';
import { z } from 'zod';
import { IDENTIFIER } from '../owner-schemas.js';

const identifier = z.string().regex(IDENTIFIER);
const handle = z.string().regex(/^(account|client|partner):[A-Za-z0-9._~:/@+-]{1,200}$/);
const scopes = z
  .array(z.string().refine(isScopeToken))
  .min(1)
  .max(100)
  .refine((list) => new Set(list).size === list.length);
const instant = z.iso.datetime({ offset: true });
/** No control characters but the ends of lines, nothing that is half a character. */
const note = z
  .string()
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u);

export const shareSchema = z.strictObject({
  resource_ids: z
    .array(identifier)
    .min(1)
    .max(100)
    .refine((list) => new Set(list).size === list.length),
  subject: handle.describe('Whom: a handle of the directory, or of a list.'),
  through: handle.optional().describe('The application through which alone a person may use it.'),
  scopes,
  from: instant.optional(),
  until: instant.nullable().describe('Exclusive, in the future. `null`: no end, where the operator allows it.'),
  note: note.optional(),
});

export const shareChangeSchema = shareSchema.pick({ scopes: true, from: true, until: true });

/** Of what an application holds by consent. */
export const accessEndSchema = z.strictObject({
  until: instant.describe('Exclusive, in the future, and before the present end.'),
});

export const stopSchema = z.strictObject({
  subject: handle.optional().describe('All that this holder has; absent: everybody.'),
  sign_out: z.boolean().describe('Whether all sessions of the owner end, this one too.'),
});
