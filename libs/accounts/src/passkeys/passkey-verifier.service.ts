import { Inject, Injectable } from '@nestjs/common';
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  VerifiedAuthenticationResponse,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server';
import { StoreUnavailable } from '@valetkey/persistence';
import { ACCOUNTS_OPTIONS } from '../accounts-options.js';
import type { AccountsOptions } from '../accounts-options.js';
import type { Passkey } from '../persistence/passkey.store.js';
import { parseClientData } from './browser-answers.js';
import { PasskeyChallenges } from './passkey-challenges.service.js';
import { passkeyLibrary } from './passkey-library.js';

type MadePasskey = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;
type UsedPasskey = VerifiedAuthenticationResponse['authenticationInfo'];

/** Checks what browsers answer (WebAuthn 7.1 and 7.2): our challenge, once; our origin; user verification; the signature. */
@Injectable()
export class PasskeyVerifier {
  /** The server as devices know it: its name belongs to every passkey. */
  readonly party: { readonly id: string; readonly name: string };
  private readonly expected: { expectedOrigin: string; expectedRPID: string; requireUserVerification: true };

  constructor(
    private readonly challenges: PasskeyChallenges,
    @Inject(ACCOUNTS_OPTIONS) { issuer }: Pick<AccountsOptions, 'issuer'>,
  ) {
    const { origin, host, hostname } = new URL(issuer);
    this.party = { id: hostname, name: host };
    this.expected = { expectedOrigin: origin, expectedRPID: hostname, requireUserVerification: true };
  }

  /** @param accountId - who is to answer; without it whoever signs in */
  challenge(accountId?: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.challenges.issue(accountId);
  }

  /** The passkey that was made, or `undefined` when the answer is not right. Uses the challenge up. */
  registration(response: RegistrationResponseJSON, accountId: string): Promise<MadePasskey | undefined> {
    return this.checked(response.response.clientDataJSON, accountId, async (expectedChallenge) => {
      const { verifyRegistrationResponse } = await passkeyLibrary();
      const result = await verifyRegistrationResponse({ response, expectedChallenge, ...this.expected });
      return result.verified ? result.registrationInfo : undefined;
    });
  }

  /** What is known of the use, or `undefined` when the answer is not right. Uses the challenge up, for unknown passkeys too. */
  authentication(response: AuthenticationResponseJSON, passkey?: Passkey): Promise<UsedPasskey | undefined> {
    return this.checked(response.response.clientDataJSON, undefined, async (expectedChallenge) => {
      if (!passkey) return undefined;
      const credential = {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      };
      const { verifyAuthenticationResponse } = await passkeyLibrary();
      const result = await verifyAuthenticationResponse({ response, expectedChallenge, credential, ...this.expected });
      return result.verified && isOwn(response, passkey) ? result.authenticationInfo : undefined;
    });
  }

  private async checked<T>(
    clientDataJSON: string,
    accountId: string | undefined,
    check: (expectedChallenge: string) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    try {
      const { challenge, crossOrigin } = parseClientData(clientDataJSON);
      if (!(await this.challenges.answer(challenge, accountId)) || crossOrigin) return undefined;
      return await check(challenge);
    } catch (cause) {
      // The package tells by an exception what is wrong with the answer; our own faults are none of the answer.
      if (cause instanceof StoreUnavailable) throw cause;
      return undefined;
    }
  }
}

/** The handle that the device kept with the passkey must be the account's (WebAuthn 7.2 step 6). */
function isOwn({ response: { userHandle } }: AuthenticationResponseJSON, passkey: Passkey): boolean {
  return userHandle === Buffer.from(passkey.accountId, 'utf8').toString('base64url');
}
