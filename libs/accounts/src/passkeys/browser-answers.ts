import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

/** The largest attestation and the longest credential id (WebAuthn 4) are far smaller. */
const base64url = z
  .string()
  .max(32_768)
  .regex(/^[\w-]*$/);
const credentialId = base64url.min(1).max(1400);

const frame = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  // No extension is asked for, so none is read.
  clientExtensionResults: z.unknown().transform(() => ({})),
};

const transports = z
  .array(z.string().regex(/^[a-z-]{1,20}$/))
  .max(10)
  .optional();

const registration = z.object({
  ...frame,
  response: z
    .object({ clientDataJSON: base64url, attestationObject: base64url, transports })
    .transform(({ transports: given, ...rest }) => ({ ...rest, ...(given && { transports: given }) })),
});

const authentication = z.object({
  ...frame,
  response: z
    .object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.nullish(),
    })
    .transform(({ userHandle, ...rest }) => ({ ...rest, ...(userHandle && { userHandle }) })),
});

/** What a browser says to a registration (WebAuthn 5.1, `RegistrationResponseJSON`), or `undefined` for anything else. */
export function parseRegistration(value: unknown): RegistrationResponseJSON | undefined {
  return registration.safeParse(value).data;
}

/** What a browser says to a sign-in (WebAuthn 5.1, `AuthenticationResponseJSON`), or `undefined` for anything else. */
export function parseAuthentication(value: unknown): AuthenticationResponseJSON | undefined {
  return authentication.safeParse(value).data;
}

const clientData = z.object({ challenge: z.string(), crossOrigin: z.boolean().default(false) });

/**
 * What of the client data (WebAuthn 5.8.1) is looked at before anything else: whose challenge it is, and whether a page inside
 * another one asked, which ours never are.
 * @throws Error when it is no client data
 */
export function parseClientData(clientDataJSON: string): { challenge: string; crossOrigin: boolean } {
  return clientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
}
