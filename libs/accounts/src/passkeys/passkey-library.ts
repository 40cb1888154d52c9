import type * as WebAuthn from '@simplewebauthn/server';

/** The WebAuthn package, loaded with the first passkey: every start of the server and every command would pay for it. */
export function passkeyLibrary(): Promise<typeof WebAuthn> {
  return import('@simplewebauthn/server');
}
