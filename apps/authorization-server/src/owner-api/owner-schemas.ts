import { ACR, isScopeToken } from '@valetkey/protocol';
import { OAuthError } from '@valetkey/oauth';
import type { Reason } from '@valetkey/oauth';
import { z } from 'zod';

/** What an identifier of ours, of a client or of an account may be made of. */
export const IDENTIFIER = /^[A-Za-z0-9._~:/@+-]{1,200}$/;

/** What an issuer may call somebody: no control characters, nothing that is half a character. */
const text = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
const identifier = z.string().regex(IDENTIFIER);
const issuer = z.url({ protocol: /^https?$/ }).max(500);
const scopes = z
  .array(z.string().refine(isScopeToken))
  .max(100)
  .refine((list) => new Set(list).size === list.length);
const age = z.number().int().min(1).max(31_536_000);
const instant = z.iso.datetime({ offset: true });

const subject = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('account'), account_id: identifier }),
  z.strictObject({ type: z.literal('partner'), issuer, subject: text }),
  z.strictObject({ type: z.literal('claim'), issuer, claim: text, value: text }),
  z.strictObject({ type: z.literal('client') }),
  z.strictObject({ type: z.literal('anyone') }),
]);

/** What an owner permits: whom, through which client, which scopes, from when until when. */
export const policySchema = z
  .strictObject({
    resource_id: identifier,
    subject,
    client_id: identifier.optional(),
    scopes: scopes.min(1),
    not_before: instant.optional(),
    expires_at: instant.optional().describe('In the future.'),
    max_claims_age: age.optional().describe('How old claims about the person may be. Seconds.'),
    min_acr: z.enum(ACR).optional().describe('How surely the person must have signed in at this server.'),
    max_auth_age: age.optional().describe('How long ago she may have signed in at this server. Seconds.'),
  })
  .refine((policy) => policy.subject.type !== 'client' || policy.client_id !== undefined, {
    message: 'a policy for a client names the client',
  })
  .refine(({ subject: of, min_acr: acr, max_auth_age: old }) => of.type !== 'client' || (acr ?? old) === undefined, {
    message: 'a policy for a client itself is about nobody who signs in',
  })
  .refine(({ not_before: from, expires_at: until }) => !from || !until || Date.parse(from) < Date.parse(until), {
    message: 'expires_at must be later than not_before',
  });

export type PolicyBody = z.output<typeof policySchema>;

/** An approval as asked, or with fewer scopes, or for a shorter time. */
export const approvalSchema = z
  .strictObject({
    scopes: z.record(identifier, scopes).optional().describe('Scopes by resource id; absent: as asked.'),
    expires_at: instant.optional().describe('Another name of `until`.'),
    from: instant.optional(),
    until: instant.nullable().optional().describe('In the future; null or absent: without an end.'),
  })
  .refine(({ expires_at: end, until }) => end === undefined || until === undefined, {
    message: 'one end is enough',
  })
  .refine(({ expires_at: end, from, until = end }) => !from || !until || Date.parse(from) < Date.parse(until), {
    message: 'until must be later than from',
  });

export type ApprovalBody = z.output<typeof approvalSchema>;

/** A no, perhaps with a word for whoever asked, and so that nothing more of that person comes for thirty days. */
export const denialSchema = z.strictObject({
  reason: z
    .string()
    .max(300)
    .regex(/^[^\p{Cs}]*$/u)
    .optional()
    .describe('Whoever asked reads it.'),
  mute_days: z.literal(30).optional().describe('For so long no new request of that person is taken.'),
});

/** @throws OAuthError invalid_request when the body does not fit; members that are not known do not fit either */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown, reason: Reason): T {
  const outcome = schema.safeParse(body);
  if (!outcome.success) throw new OAuthError('invalid_request', reason);
  return outcome.data;
}
