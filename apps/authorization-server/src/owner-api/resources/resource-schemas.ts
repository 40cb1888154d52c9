import { z } from 'zod';

/** Whether a resource has the owner's star. */
export const starSchema = z.strictObject({ starred: z.boolean() });

const label = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,40}$/u)
  .refine((text) => text.trim() === text);

/** All labels of a resource. */
export const labelsSchema = z.strictObject({
  labels: z
    .array(label)
    .max(20)
    .refine((list) => new Set(list).size === list.length),
});
