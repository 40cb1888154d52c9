import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JSONWebKeySet, JWK, JWTVerifyGetKey } from 'jose';
import { createLocalJWKSet, errors } from 'jose';
import type { Client } from '@valetkey/clients';
import { encryptionKeyOf } from '@valetkey/clients';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { OutboundCalls } from '@valetkey/outbound';
import type { AsymmetricAlgorithm, KeyEncryptionAlgorithm } from '@valetkey/protocol';
import { ASYMMETRIC_ALGORITHMS, isSameAlgorithm, underEitherName } from '@valetkey/protocol';

/** A key that a client took away works no longer than this. */
const REMEMBERED: Duration = 600_000;
/** Whoever sends made-up key ids, or signs for a client whose address is silent, causes one call in this time (attack class 200). */
const COOLDOWN: Duration = 30_000;
/** So long the keys of an address that nobody needs are there for when it is silent. */
const KEPT: Duration = 3_600_000;
/** With the bounds below no more than 50 MB in all, whatever clients publish (attack class 197). */
const MOST_SETS = 1_000;
const MOST_KEYS = 20;
const LONGEST_KEY_ID = 256;
const LONGEST_WORD = 64;
const MOST_OPERATIONS = 16;
const KEY_TYPES = ['EC', 'OKP', 'RSA'];
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const RSA_BITS = { least: 2_048, most: 8_192 };

interface Remembered {
  readonly keys: readonly JWK[];
  readonly at: Instant;
  /** When the address was called last, whatever came of it. */
  readonly calledAt: Instant;
}

/** What a signature of a client may be made by: the one algorithm that it registered, by either of its names, or any that is taken here. */
export function algorithmsOf(registered: AsymmetricAlgorithm | null): AsymmetricAlgorithm[] {
  return ASYMMETRIC_ALGORITHMS.filter((one) => registered === null || isSameAlgorithm(one, registered));
}

/** Public keys of clients: registered with them, or at an address that they registered (RFC 7591 section 2, `jwks_uri`). */
@Injectable()
export class ClientKeys {
  /** Those called longest ago first. */
  private readonly sets = new Map<string, Remembered>();
  private readonly calls = new Map<string, Promise<readonly JWK[]>>();

  constructor(
    private readonly outbound: OutboundCalls,
    private readonly clock: Clock,
  ) {}

  /** Whether the client has said where its keys are. */
  hasKeys({ jwks, metadata }: Pick<Client, 'jwks' | 'metadata'>): boolean {
    return jwks !== null || metadata.jwksUri !== null;
  }

  /** Its usable keys; those of an address are up to ten minutes old. Empty when none are known and none can be had. */
  async of({ jwks, metadata }: Pick<Client, 'jwks' | 'metadata'>): Promise<readonly JWK[]> {
    if (jwks) return jwks.keys;
    return metadata.jwksUri === null ? [] : this.at(metadata.jwksUri, REMEMBERED);
  }

  /** Finds the key of a signature; one that is new at the client's address is found within half a minute. */
  finder(client: Pick<Client, 'jwks' | 'metadata'>): JWTVerifyGetKey {
    return async (header, token) => {
      try {
        return await createLocalJWKSet(toSet(await this.of(client)))(header, token);
      } catch (cause) {
        const { jwksUri } = client.metadata;
        if (!(cause instanceof errors.JWKSNoMatchingKey) || client.jwks || jwksUri === null) throw cause;
        return createLocalJWKSet(toSet(await this.at(jwksUri, 0)))(header, token);
      }
    };
  }

  /**
   * The key that answers to the client are encrypted with; one that is new at its address is found within half a minute.
   * `undefined` when it has none that fits, or none can be had.
   */
  async forEncryption(
    client: Pick<Client, 'jwks' | 'metadata'>,
    algorithm: KeyEncryptionAlgorithm,
  ): Promise<JWK | undefined> {
    const known = encryptionKeyOf(await this.of(client), algorithm);
    const { jwksUri } = client.metadata;
    if (known || client.jwks || jwksUri === null) return known;
    return encryptionKeyOf(await this.at(jwksUri, 0), algorithm);
  }

  private async at(uri: string, age: Duration): Promise<readonly JWK[]> {
    const now = this.clock.now();
    const known = this.sets.get(uri);
    if (known && (now < known.at + age || now < known.calledAt + COOLDOWN)) return known.keys;
    const running = this.calls.get(uri);
    if (running) return running;
    const call = this.fetch(uri, known).finally(() => this.calls.delete(uri));
    this.calls.set(uri, call);
    return call;
  }

  /** While the address is silent, the keys that were there last still count. */
  private async fetch(uri: string, known: Remembered | undefined): Promise<readonly JWK[]> {
    const fetched = await this.read(uri);
    const now = this.clock.now();
    const keys = fetched ?? known?.keys ?? [];
    this.sets.delete(uri);
    this.makeRoom(now);
    this.sets.set(uri, { keys, at: fetched ? now : (known?.at ?? 0), calledAt: now });
    return keys;
  }

  private makeRoom(now: Instant): void {
    for (const [uri, { calledAt }] of this.sets) {
      if (this.sets.size < MOST_SETS && now < calledAt + KEPT) return;
      this.sets.delete(uri);
    }
  }

  private async read(uri: string): Promise<readonly JWK[] | undefined> {
    try {
      const { status, body } = await this.outbound.call(uri, {
        method: 'GET',
        headers: { accept: 'application/jwk-set+json, application/json' },
      });
      return status === 200 ? usableKeys(JSON.parse(body)) : undefined;
    } catch {
      return undefined;
    }
  }
}

function toSet(keys: readonly JWK[]): JSONWebKeySet {
  return { keys: underEitherName(keys) };
}

/** Attack class 199: public asymmetric keys of good strength; the rest is left out. `undefined` for what is no key set. */
function usableKeys(set: unknown): readonly JWK[] | undefined {
  const keys: unknown = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined;
  if (!Array.isArray(keys) || keys.length > MOST_KEYS) return undefined;
  return keys.flatMap((key) => usable(key) ?? []);
}

/** What is needed of a key; `undefined` for one that cannot be used. */
function usable(key: unknown): JWK | undefined {
  if (typeof key !== 'object' || key === null || !('kty' in key) || !KEY_TYPES.includes(String(key.kty)))
    return undefined;
  const said = whatIsSaidOf(key);
  if (!said) return undefined;
  try {
    const read = createPublicKey({ key: key as JWK, format: 'jwk' });
    if (!isOfGoodSize(read)) return undefined;
    // Written anew: numbers could have any number of zeros before them.
    return { ...(read.export({ format: 'jwk' }) as JWK), ...said };
  } catch {
    return undefined;
  }
}

function isOfGoodSize({ asymmetricKeyDetails: details }: KeyObject): boolean {
  const bits = details?.modulusLength;
  return bits === undefined || (bits >= RSA_BITS.least && bits <= RSA_BITS.most);
}

/** Its name, which is written into headers of ours, and what it is for. `undefined` with something that is nobody's business. */
function whatIsSaidOf(key: object): Pick<JWK, 'kid' | 'use' | 'alg' | 'key_ops'> | undefined {
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(key, member))) return undefined;
  const { kid, use, alg, key_ops: operations }: Partial<Record<string, unknown>> = { ...key };
  const isGood =
    isShort(kid, LONGEST_KEY_ID) &&
    isShort(use, LONGEST_WORD) &&
    isShort(alg, LONGEST_WORD) &&
    (operations === undefined || areOperations(operations));
  if (!isGood) return undefined;
  return Object.fromEntries(
    Object.entries({ kid, use, alg, key_ops: operations }).filter(([, value]) => value !== undefined),
  );
}

function areOperations(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length > MOST_OPERATIONS) return false;
  return value.every((one) => typeof one === 'string' && one.length <= LONGEST_WORD);
}

function isShort(value: unknown, longest: number): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= longest);
}
