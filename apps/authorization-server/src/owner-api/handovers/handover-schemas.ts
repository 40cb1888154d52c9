import { z } from 'zod';
import { IDENTIFIER } from '../owner-schemas.js';

const instant = z.iso.datetime({ offset: true });

/** What an owner who is away hands over, to whom and until when. */
export const handoverSchema = z
  .strictObject({
    subject: z
      .string()
      .regex(/^account:[A-Za-z0-9._~:/@+-]{1,200}$/)
      .describe('Who acts in her place: the handle of a person.'),
    resource_ids: z
      .array(z.string().regex(IDENTIFIER))
      .min(1)
      .max(200)
      .refine((list) => new Set(list).size === list.length),
    allow: z.enum(['see', 'act']).describe('`act`: whatever is not sharing further.'),
    from: instant.optional(),
    until: instant.describe('Exclusive, in the future.'),
    note: z
      .string()
      .max(300)
      .regex(/^[^\p{Cs}]*$/u)
      .optional(),
  })
  .refine(({ from, until }) => from === undefined || Date.parse(from) < Date.parse(until), {
    message: 'until must be later than from',
  });

export type HandoverBody = z.output<typeof handoverSchema>;
