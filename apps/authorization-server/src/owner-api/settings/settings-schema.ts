import { z } from 'zod';

export const LONGEST_ZONE = 64;

/** All settings of a person; `null`: as the browser says, or the operator. */
export const settingsSchema = z.strictObject({
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/)
    .nullable(),
  time_zone: z.string().max(LONGEST_ZONE).refine(isZone).nullable().describe('Its IANA name.'),
  default_days: z.number().int().min(1).max(3650).nullable(),
  shortcuts: z.boolean(),
  request_mails: z.boolean().describe('Whether to tell by mail that somebody waits.'),
});

/** Whether it is an IANA name that this server knows. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name);
  } catch {
    return false;
  }
}
