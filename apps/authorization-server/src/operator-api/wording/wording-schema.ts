import { SHOWN_TEXT } from '@valetkey/shown-text';
import type { Wording } from '@valetkey/operator-contract';
import { z } from 'zod';

/** What people read: no control characters, none that turn the text around it, nothing that is half a character, no space around it. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .regex(SHOWN_TEXT)
    .transform((value) => value.trim());

const words = z.strictObject({
  verb: text(60).optional(),
  object: text(120).optional(),
  consequence: text(200).optional(),
  without: text(200).optional(),
});

const MOST_LANGUAGES = 20;

export const wordingSchema = z.strictObject({
  words: z.strictObject({
    level: z.enum(['see', 'change', 'act', 'share']).optional(),
    texts: z
      .record(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/), words)
      .refine((texts) => Object.keys(texts).length <= MOST_LANGUAGES)
      .describe('By language tag.'),
  }),
  publish: z.boolean().describe('False: kept as a draft.'),
});

/** Without what was left empty: that is not written yet. */
export function withoutEmpty({ level, texts }: z.output<typeof wordingSchema>['words']): Wording {
  const written = Object.entries(texts).flatMap(([language, members]) => {
    const some = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
    return some.length > 0 ? [[language, Object.fromEntries(some)] as const] : [];
  });
  return { ...(level !== undefined && { level }), texts: Object.fromEntries(written) };
}
