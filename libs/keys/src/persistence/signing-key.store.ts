import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import type { Instant } from '@valetkey/kernel';
import type { SigningAlgorithm } from '@valetkey/protocol';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { SigningKey, SigningKeyState } from '../domain/signing-key.js';

const PUBLISHED = statement(`SELECT * FROM signing_key WHERE state <> 'retired' ORDER BY created_at, kid`);
const INSERT = statement(
  `INSERT INTO signing_key (kid, algorithm, state, public_jwk, private_key, created_at, current_at)
   VALUES (?, ?, ?, ?, ?, ?, ?)`,
);
const PROMOTE = statement(`UPDATE signing_key SET state = 'current', current_at = ? WHERE kid = ? AND state = 'next'`);
const DEMOTE = statement(
  `UPDATE signing_key SET state = 'retiring', retiring_at = ?, expires_at = ? WHERE kid = ? AND state = 'current'`,
);
const RETIRE = statement(
  `UPDATE signing_key SET state = 'retired', private_key = NULL WHERE state = 'retiring' AND expires_at <= ?`,
);
const WITHDRAW = statement(
  `UPDATE signing_key SET state = 'retired', private_key = NULL WHERE kid = ? AND state = 'next'`,
);

interface Row {
  kid: string;
  algorithm: SigningAlgorithm;
  state: SigningKeyState;
  public_jwk: string;
  private_key: string | null;
  created_at: number;
  current_at: number | null;
  expires_at: number | null;
}

/** Signing keys. A unique index allows one current and one next key an algorithm, so two rotations cannot both win. */
@Injectable()
export class SigningKeyStore {
  constructor(private readonly database: Database) {}

  /** Every key but the retired ones, oldest first. */
  async published(): Promise<SigningKey[]> {
    return (await this.database.all<Row>(PUBLISHED, [])).map(toSigningKey);
  }

  insert(writes: WriteSet, key: SigningKey): void {
    writes.expectOne(INSERT, [
      key.kid,
      key.algorithm,
      key.state,
      JSON.stringify(key.publicJwk),
      key.privateKey,
      key.createdAt,
      key.currentAt,
    ]);
  }

  /** Makes `next` sign in the place of `current`. Fails as a condition when another rotation was faster. */
  rotate(writes: WriteSet, step: { current: string; next: string; now: Instant; retireAt: Instant }): void {
    writes.expectOne(DEMOTE, [step.now, step.retireAt, step.current]);
    writes.expectOne(PROMOTE, [step.now, step.next]);
  }

  /** Ends the signing of a key that has no successor. Nothing happens where another node did so before. */
  demote(writes: WriteSet, step: { kid: string; now: Instant; retireAt: Instant }): void {
    writes.add(DEMOTE, [step.now, step.retireAt, step.kid]);
  }

  /** Takes back a key that never signed, and forgets its private part. Nothing happens when it signs by now. */
  withdraw(writes: WriteSet, kid: string): void {
    writes.add(WITHDRAW, [kid]);
  }

  /** Retires what nothing alive was signed with, and forgets the private parts. */
  retire(writes: WriteSet, now: Instant): void {
    writes.add(RETIRE, [now]);
  }
}

function toSigningKey(row: Row): SigningKey {
  return {
    kid: row.kid,
    algorithm: row.algorithm,
    state: row.state,
    publicJwk: JSON.parse(row.public_jwk) as JWK,
    privateKey: row.private_key,
    createdAt: row.created_at,
    currentAt: row.current_at,
    expiresAt: row.expires_at,
  };
}
