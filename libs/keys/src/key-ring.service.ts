import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CryptoKey, JWK, JWTPayload, JWTVerifyOptions } from 'jose';
import { importJWK, jwtVerify } from 'jose';
import { Clock } from '@valetkey/kernel';
import type { SigningAlgorithm } from '@valetkey/protocol';
import { Database, WriteSet } from '@valetkey/persistence';
import { KeyEncryption } from './key-encryption.js';
import type { RotationPolicy, SigningKey } from './domain/signing-key.js';
import { isRotationDue } from './domain/signing-key.js';
import { encodeHeader, signCompact } from './jws.js';
import { generateSigningKey } from './key-generation.js';
import { SigningKeyStore } from './persistence/signing-key.store.js';

/** What the operator configured about signing keys. */
export interface KeyRingOptions extends RotationPolicy {
  readonly algorithms: readonly SigningAlgorithm[];
  readonly signingAlgorithm: SigningAlgorithm;
}

export const KEY_RING_OPTIONS = Symbol('KeyRingOptions');

interface Signer {
  readonly algorithm: SigningAlgorithm;
  readonly kid: string;
  readonly key: KeyObject;
  readonly headers: Map<string, string>;
}

/** Another node may have rotated; look no later than this. Shorter than any sensible time between publishing and use. */
const RELOAD_AFTER = 5_000;
/** Tokens whose kid we do not know may trigger a reload at most this often. */
const MISS_COOLDOWN = 1_000;

/**
 * The server's signing keys: signs with the current key of an algorithm, verifies with every published one. Keeps parsed
 * keys in memory and follows rotations of other nodes within five seconds; a kid it does not know makes it look at once.
 */
@Injectable()
export class KeyRing {
  private keys: SigningKey[] = [];
  private signers = new Map<SigningAlgorithm, Signer>();
  private verifiers = new Map<string, CryptoKey | Uint8Array>();
  private loadedAt = -Infinity;

  constructor(
    private readonly store: SigningKeyStore,
    private readonly database: Database,
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

  /** Makes the signing keys that are missing and loads all. Several nodes may start at once: one makes, the others find. */
  async start(): Promise<void> {
    await this.fill('current');
  }

  /** Makes and publishes the successors that are missing. Apart from the start, since making an RSA key takes a while. */
  async publishNext(): Promise<void> {
    await this.fill('next');
  }

  private async fill(state: 'current' | 'next'): Promise<void> {
    await this.load();
    for (const algorithm of this.options.algorithms) {
      const present = this.keys.some((key) => key.algorithm === algorithm && key.state === state);
      if (!present) await this.add(algorithm, state);
    }
    await this.load();
  }

  /**
   * Signs claims as a compact JWS with the current key.
   * @param typ - the explicit type, e.g. `at+jwt` (RFC 8725 section 3.11)
   */
  async sign(claims: object, typ: string, algorithm = this.options.signingAlgorithm): Promise<string> {
    if (this.clock.now() >= this.loadedAt + RELOAD_AFTER) await this.load();
    const signer = this.signers.get(algorithm);
    if (!signer) throw new Error(`no current signing key for ${algorithm}`);
    let header = signer.headers.get(typ);
    if (!header) signer.headers.set(typ, (header = encodeHeader({ alg: algorithm, kid: signer.kid, typ })));
    return signCompact(header, claims, signer.key, algorithm);
  }

  /**
   * Claims of a JWS that this server signed with a key still published, or `undefined` for anything else. Checks the
   * signature, `typ`, and what `options` name; never throws for bad input.
   */
  async verify(token: string, typ: string, options: JWTVerifyOptions): Promise<JWTPayload | undefined> {
    try {
      const { payload } = await jwtVerify(
        token,
        async (header) => {
          const key = await this.verifier(header.kid ?? '');
          if (!key || key.algorithm !== header.alg) throw new Error('not a key of ours');
          return key.key;
        },
        { ...options, typ, algorithms: [...this.options.algorithms], currentDate: new Date(this.clock.now()) },
      );
      return payload;
    } catch {
      return undefined;
    }
  }

  /** The published public keys (RFC 7517 section 5). */
  async jwks(): Promise<{ keys: JWK[] }> {
    if (this.clock.now() >= this.loadedAt + RELOAD_AFTER) await this.load();
    return { keys: this.keys.map((key) => key.publicJwk) };
  }

  /** Rotates every algorithm at once, whatever its age. @returns how many were rotated by this call */
  async rotateNow(): Promise<number> {
    return this.rotateWhere(() => true);
  }

  /** Rotates what is due and retires what nothing alive was signed with. Safe to run on several nodes at once. */
  async rotateDue(): Promise<number> {
    const now = this.clock.now();
    const writes = new WriteSet();
    this.store.retire(writes, now);
    await this.database.commit(writes);
    return this.rotateWhere((keys) => isRotationDue(keys, this.options, now));
  }

  private async rotateWhere(due: (keys: readonly SigningKey[]) => boolean): Promise<number> {
    await this.publishNext();
    let rotated = 0;
    for (const algorithm of this.options.algorithms) {
      const keys = this.keys.filter((key) => key.algorithm === algorithm);
      if (due(keys) && (await this.rotate(algorithm, keys))) rotated += 1;
    }
    await this.load();
    return rotated;
  }

  /** One conditional write-set: demote, promote, add. False when another rotation was faster. */
  private async rotate(algorithm: SigningAlgorithm, keys: readonly SigningKey[]): Promise<boolean> {
    const current = keys.find((key) => key.state === 'current');
    const next = keys.find((key) => key.state === 'next');
    if (!current || !next) return false;
    const now = this.clock.now();
    const writes = new WriteSet();
    this.store.rotate(writes, {
      current: current.kid,
      next: next.kid,
      now,
      retireAt: now + this.options.tokenLifetime + RELOAD_AFTER,
    });
    this.store.insert(writes, await this.make(algorithm, 'next'));
    return this.database.tryCommit(writes);
  }

  private async add(algorithm: SigningAlgorithm, state: 'current' | 'next'): Promise<void> {
    const writes = new WriteSet();
    this.store.insert(writes, await this.make(algorithm, state));
    await this.database.tryCommit(writes);
  }

  private async make(algorithm: SigningAlgorithm, state: 'current' | 'next'): Promise<SigningKey> {
    const { publicJwk, privatePem } = await generateSigningKey(algorithm);
    const kid = publicJwk.kid as string;
    const now = this.clock.now();
    return {
      kid,
      algorithm,
      state,
      publicJwk,
      privateKey: this.encryption.encrypt(privatePem, kid),
      createdAt: now,
      currentAt: state === 'current' ? now : null,
      expiresAt: null,
    };
  }

  private async verifier(kid: string): Promise<{ key: CryptoKey | Uint8Array; algorithm: string } | undefined> {
    let known = this.keys.find((key) => key.kid === kid);
    if (!known && this.clock.now() >= this.loadedAt + MISS_COOLDOWN) {
      await this.load();
      known = this.keys.find((key) => key.kid === kid);
    }
    if (!known) return undefined;
    let key = this.verifiers.get(kid);
    if (!key) this.verifiers.set(kid, (key = await importJWK(known.publicJwk, known.algorithm)));
    return { key, algorithm: known.algorithm };
  }

  private async load(): Promise<void> {
    const keys = await this.store.published();
    const signers = new Map<SigningAlgorithm, Signer>();
    for (const key of keys) {
      if (key.state === 'current') signers.set(key.algorithm, this.signerOf(key));
    }
    this.keys = keys;
    this.signers = signers;
    this.verifiers = new Map([...this.verifiers].filter(([kid]) => keys.some((key) => key.kid === kid)));
    this.loadedAt = this.clock.now();
  }

  private signerOf(key: SigningKey): Signer {
    const present = this.signers.get(key.algorithm);
    if (present?.kid === key.kid) return present;
    const privateKey = createPrivateKey(this.encryption.decrypt(key.privateKey ?? '', key.kid));
    return { algorithm: key.algorithm, kid: key.kid, key: privateKey, headers: new Map() };
  }
}
