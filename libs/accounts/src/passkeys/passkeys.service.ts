import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import type {
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { SecurityEvents } from '@valetkey/audit';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { ACR, AMR } from '@valetkey/protocol';
import { passkeyName, shortPasskeyName } from '../domain/passkey-name.js';
import type { Person } from '../domain/person.js';
import { AccountNotices } from '../notices/account-notices.service.js';
import type { Passkey } from '../persistence/passkey.store.js';
import { PasskeyStore } from '../persistence/passkey.store.js';
import { ownStrategy } from '../sign-in/own-strategy.js';
import { parseAuthentication, parseRegistration } from './browser-answers.js';
import { passkeyLibrary } from './passkey-library.js';
import { PasskeyVerifier } from './passkey-verifier.service.js';

const MOST_OF_ACCOUNT = 20;

/** Who a passkey signed in, and how surely. */
export interface PasskeySignIn {
  readonly accountId: string;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Its id: the session of this sign-in begins only as long as it is there. */
  readonly passkey: string;
}

/**
 * Passkeys (WebAuthn level 3): found by the device itself, always with user verification. They cannot be phished, since the browser
 * signs the origin that it sees.
 */
@Injectable()
export class Passkeys {
  private readonly strategy = ownStrategy(
    'passkey',
    ({ answer }: { readonly answer: unknown }) => this.decide(answer),
    (signIn: PasskeySignIn | undefined) => signIn !== undefined,
  );

  constructor(
    private readonly store: PasskeyStore,
    private readonly verifier: PasskeyVerifier,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly notices: AccountNotices,
    private readonly clock: Clock,
  ) {}

  /** Whether there can be any here: they belong to a domain, and browsers take no address of numbers for one (WebAuthn 5.1.3). */
  get arePossible(): boolean {
    return isIP(this.verifier.party.id.replace(/^\[(.*)\]$/, '$1')) === 0;
  }

  /** Passkeys of an account, oldest first; twenty at most. */
  list(accountId: string): Promise<Passkey[]> {
    return this.store.ofAccount(accountId);
  }

  /** What the browser needs to make a passkey (`PublicKeyCredentialCreationOptionsJSON`). For a person who is signed in. */
  async registrationOptions(person: Person): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { party } = this.verifier;
    const present = await this.store.ofAccount(person.id);
    const { generateRegistrationOptions } = await passkeyLibrary();
    return generateRegistrationOptions({
      rpID: party.id,
      rpName: party.name,
      userID: new Uint8Array(Buffer.from(person.id, 'utf8')),
      userName: person.username,
      userDisplayName: person.name,
      challenge: await this.verifier.challenge(person.id),
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: present.map(toDescriptor),
    });
  }

  /**
   * Keeps the passkey that the browser made.
   * @param answer - what the browser answered, unchecked
   * @param name - what the person calls it
   * @returns it, or `undefined` when the answer is none to a challenge of this account, or the account has twenty
   */
  async register(person: Person, answer: unknown, name: string): Promise<Passkey | undefined> {
    const response = parseRegistration(answer);
    const made = response && (await this.verifier.registration(response, person.id));
    const count = (await this.store.ofAccount(person.id)).length;
    if (!made || count >= MOST_OF_ACCOUNT) return this.refuse('passkey_registration_refused', person.id);
    const { credential, credentialBackedUp, credentialDeviceType } = made;
    const passkey: Passkey = {
      id: credential.id,
      accountId: person.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name: shortPasskeyName(name),
      synced: credentialBackedUp || credentialDeviceType === 'multiDevice',
      createdAt: this.clock.now(),
      lastUsedAt: null,
    };
    const writes = new WriteSet();
    this.store.insert(writes, passkey);
    this.notices.tell(writes, person.id, 'passkey_added', passkey.name);
    // A credential id that is known already may be another account's (WebAuthn 7.1 step 26).
    if (!(await this.database.tryCommit(writes))) return this.refuse('passkey_registration_refused', person.id);
    this.events.record({ event: 'passkey_registered', accountId: person.id });
    return passkey;
  }

  /**
   * What the browser needs to sign in with a passkey (`PublicKeyCredentialRequestOptionsJSON`). Names no account and no passkey, so
   * it tells a stranger nothing.
   */
  async authenticationOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { generateAuthenticationOptions } = await passkeyLibrary();
    return generateAuthenticationOptions({
      rpID: this.verifier.party.id,
      challenge: await this.verifier.challenge(),
      userVerification: 'required',
    });
  }

  /**
   * Signs a person in.
   * @param answer - what the browser answered, unchecked
   * @returns whom, or `undefined`; the account may be disabled, which the session refuses
   */
  authenticate(answer: unknown): Promise<PasskeySignIn | undefined> {
    return this.strategy({ answer });
  }

  /** Another name. @returns what is wrong with it; a passkey that is gone, or another account's, has none */
  async rename(id: string, accountId: string, text: string): Promise<'empty' | 'too_long' | undefined> {
    const outcome = passkeyName(text);
    if ('problem' in outcome) return outcome.problem;
    const writes = new WriteSet();
    this.store.rename(writes, { id, accountId }, outcome.name);
    if (await this.database.tryCommit(writes)) this.events.record({ event: 'passkey_renamed', accountId });
    return undefined;
  }

  /** Whether the account has it: what came of a sign-in by it counts as long. */
  async has(id: string, accountId: string): Promise<boolean> {
    return (await this.store.find(id))?.accountId === accountId;
  }

  /** The decision relies on a sign-in by this passkey; fails as a condition when it is removed meanwhile. */
  rely(writes: WriteSet, id: string, accountId: string): void {
    this.store.guard(writes, { id, accountId });
  }

  private refuse(event: string, accountId: string | undefined): undefined {
    this.events.record({ event, ...(accountId !== undefined && { accountId }) });
    return undefined;
  }

  private async decide(answer: unknown): Promise<PasskeySignIn | undefined> {
    const response = parseAuthentication(answer);
    const passkey = response && (await this.store.find(response.id));
    const verified = response && (await this.verifier.authentication(response, passkey));
    if (!passkey || !verified) return this.refuse('passkey_refused', passkey?.accountId);
    const writes = new WriteSet();
    const synced = verified.credentialBackedUp || verified.credentialDeviceType === 'multiDevice';
    this.store.use(writes, passkey, { counter: verified.newCounter, synced, now: this.clock.now() });
    if (!(await this.database.tryCommit(writes))) return this.refuse('passkey_refused', passkey.accountId);
    this.events.record({ event: 'passkey_accepted', accountId: passkey.accountId });
    const key = synced ? AMR.softwareKey : AMR.hardwareKey;
    const amr = [key, AMR.userPresence, AMR.multipleFactors];
    return { accountId: passkey.accountId, acr: ACR.phishingResistant, amr, passkey: passkey.id };
  }
}

function toDescriptor({ id, transports }: Passkey): { id: string; transports: AuthenticatorTransport[] } {
  return { id, transports: [...transports] as AuthenticatorTransport[] };
}
