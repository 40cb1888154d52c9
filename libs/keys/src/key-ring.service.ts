import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CryptoKey, JWK, JWTPayload, JWTVerifyOptions } from 'jose';
import { importJWK, jwtVerify } from 'jose';
import type { Duration } from '@valetkey/kernel';
import { Clock, isCompactJws } from '@valetkey/kernel';
import type { AnswerAlgorithm, SigningAlgorithm } from '@valetkey/protocol';
import { ANSWER_ALGORITHMS, isSameAlgorithm, keyAlgorithmOf, underEitherName } from '@valetkey/protocol';
import { KeyEncryption } from './key-encryption.js';
import type { RotationPolicy, SigningKey } from './domain/signing-key.js';
import { jwksMaxAge, RELOAD_AFTER, signingKeys } from './domain/signing-key.js';
import { encodeHeader, signCompact } from './jws.js';
import { SigningKeyStore } from './persistence/signing-key.store.js';

/** What the operator configured about signing keys. */
export interface KeyRingOptions extends RotationPolicy {
  readonly algorithms: readonly SigningAlgorithm[];
  readonly signingAlgorithm: SigningAlgorithm;
}

export const KEY_RING_OPTIONS = Symbol('KeyRingOptions');

interface Signer {
  readonly kid: string;
  readonly key: KeyObject;
  readonly headers: Map<string, string>;
}

/** Tokens whose kid we do not know may trigger a reload at most this often. */
const MISS_COOLDOWN = 1_000;

/**
 * The server's signing keys: signs with the current key of an algorithm, verifies with every published one, whether its
 * algorithm is still configured or not. Keeps parsed keys in memory and follows rotations of other nodes within five seconds;
 * a kid it does not know makes it look at once. However many ask at the same time, one load runs and all wait for it.
 */
@Injectable()
export class KeyRing {
  private keys: readonly SigningKey[] = [];
  private signers = new Map<SigningAlgorithm, Signer>();
  private verifiers = new Map<string, CryptoKey | Uint8Array>();
  /** When the load began that `keys` came with. */
  private loadedAt = -Infinity;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly store: SigningKeyStore,
    private readonly encryption: KeyEncryption,
    private readonly clock: Clock,
    @Inject(KEY_RING_OPTIONS) private readonly options: KeyRingOptions,
  ) {}

  get signingAlgorithm(): SigningAlgorithm {
    return this.options.signingAlgorithm;
  }

  get algorithms(): readonly SigningAlgorithm[] {
    return this.options.algorithms;
  }

  /** How long others may keep what `jwks` gives. */
  get jwksMaxAge(): Duration {
    return jwksMaxAge(this.options);
  }

  /**
   * Signs claims as a compact JWS with the current key.
   * @param typ - the explicit type, e.g. `at+jwt` (RFC 8725 section 3.11)
   * @param algorithm - as the header says it
   */
  async sign(claims: object, typ: string, algorithm: AnswerAlgorithm = this.options.signingAlgorithm): Promise<string> {
    if (this.isStale) await this.load();
    const ofKey = keyAlgorithmOf(algorithm);
    const signer = this.signers.get(ofKey);
    if (!signer) throw new Error(`no current signing key for ${algorithm}`);
    const known = algorithm === ofKey ? typ : `${algorithm} ${typ}`;
    let header = signer.headers.get(known);
    if (!header) signer.headers.set(known, (header = encodeHeader({ alg: algorithm, kid: signer.kid, typ })));
    return signCompact(header, claims, signer.key, ofKey);
  }

  /**
   * Claims of a JWS that this server signed with a key still published, or `undefined` for anything else. Checks the
   * signature, `typ`, and what `options` name; never throws for bad input.
   */
  async verify(token: string, typ: string, options: JWTVerifyOptions): Promise<JWTPayload | undefined> {
    if (!isCompactJws(token)) return undefined;
    try {
      const { payload } = await jwtVerify(
        token,
        async (header) => {
          const key = await this.verifier(header.kid ?? '');
          if (!key || !isSameAlgorithm(key.algorithm, header.alg)) throw new Error('not a key of ours');
          return key.key;
        },
        { ...options, typ, algorithms: [...ANSWER_ALGORITHMS], currentDate: new Date(this.clock.now()) },
      );
      return payload;
    } catch {
      return undefined;
    }
  }

  /** The published public keys (RFC 7517 section 5): for each name that signatures of theirs can have. */
  async jwks(): Promise<{ keys: JWK[] }> {
    if (this.isStale) await this.load();
    return { keys: underEitherName(this.keys.map((key) => key.publicJwk)) };
  }

  /**
   * Looks at the keys as they are now, after a change by this process: a load that began before it is not enough.
   * @returns the published ones, oldest first
   */
  async reload(): Promise<readonly SigningKey[]> {
    // How it ended is its own callers' business.
    await this.loading?.catch(() => undefined);
    await this.load();
    return this.keys;
  }

  private get isStale(): boolean {
    return this.clock.now() >= this.loadedAt + RELOAD_AFTER;
  }

  private async verifier(kid: string): Promise<{ key: CryptoKey | Uint8Array; algorithm: string } | undefined> {
    const find = (): SigningKey | undefined => this.keys.find((key) => key.kid === kid);
    if (!find() && this.clock.now() >= this.loadedAt + MISS_COOLDOWN) await this.reload();
    const known = find();
    if (!known) return undefined;
    let key = this.verifiers.get(kid);
    if (!key) this.verifiers.set(kid, (key = await importJWK(known.publicJwk, known.algorithm)));
    return { key, algorithm: known.algorithm };
  }

  /** Joins the load under way, or begins one: loads never overtake each other. */
  private load(): Promise<void> {
    this.loading ??= this.read().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async read(): Promise<void> {
    const beganAt = this.clock.now();
    const keys = await this.store.published();
    const signers = new Map<SigningAlgorithm, Signer>();
    for (const [algorithm, key] of signingKeys(keys)) {
      if (this.options.algorithms.includes(algorithm)) signers.set(algorithm, this.signerOf(key));
    }
    this.keys = keys;
    this.signers = signers;
    this.verifiers = new Map([...this.verifiers].filter(([kid]) => keys.some((key) => key.kid === kid)));
    this.loadedAt = beganAt;
  }

  private signerOf(key: SigningKey): Signer {
    const present = this.signers.get(key.algorithm);
    if (present?.kid === key.kid) return present;
    const privateKey = createPrivateKey(this.encryption.decrypt(key.privateKey ?? '', key.kid));
    return { kid: key.kid, key: privateKey, headers: new Map() };
  }
}
