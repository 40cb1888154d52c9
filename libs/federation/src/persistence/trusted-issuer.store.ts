import { Injectable } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import type { Duration } from '@valetkey/kernel';
import { Clock, SharedReads } from '@valetkey/kernel';
import { Database, statement } from '@valetkey/persistence';
import type { EntityManager } from 'typeorm';
import { TrustedIssuerRow } from './trusted-issuer.entity.js';

const ALL = statement('SELECT * FROM trusted_issuer WHERE enabled ORDER BY issuer');

/** An enabled trusted issuer. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly name: string;
  readonly jwks: JSONWebKeySet;
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  readonly maxAge: Duration;
}

interface Row {
  issuer: string;
  name: string;
  jwks: string;
  audiences: string;
  algorithms: string;
  max_age: number;
}

/** An issuer that is no longer trusted stops counting on every node no later than this. */
const REMEMBERED = 500;
const LIST = 'all';

/** Issuers whose ID tokens are believed: a few, set by the operator, so they are read as one list. */
@Injectable()
export class TrustedIssuerStore {
  private readonly remembered: SharedReads<readonly TrustedIssuer[]>;

  constructor(
    private readonly database: Database,
    clock: Clock,
  ) {
    this.remembered = new SharedReads(clock, REMEMBERED, 1);
  }

  /** All of them, half a second late at most; calls of one moment share one read. */
  async enabled(): Promise<readonly TrustedIssuer[]> {
    const read = async () => (await this.database.all<Row>(ALL, [])).map(toTrustedIssuer);
    return (await this.remembered.get(LIST, read)) ?? [];
  }

  /** Makes the list what the configuration says; issuers it no longer names are disabled. */
  async applyConfiguration(
    manager: EntityManager,
    wanted: readonly (TrustedIssuer & { enabled: boolean })[],
  ): Promise<void> {
    const rows = manager.getRepository(TrustedIssuerRow);
    for (const row of await rows.find()) {
      if (!wanted.some((one) => one.issuer === row.issuer))
        await rows.update({ issuer: row.issuer }, { enabled: false });
    }
    for (const one of wanted) {
      await rows.save({ ...one, audiences: [...one.audiences], algorithms: [...one.algorithms] });
    }
  }
}

function toTrustedIssuer(row: Row): TrustedIssuer {
  return {
    issuer: row.issuer,
    name: row.name,
    jwks: JSON.parse(row.jwks) as JSONWebKeySet,
    audiences: JSON.parse(row.audiences) as string[],
    algorithms: JSON.parse(row.algorithms) as string[],
    maxAge: row.max_age,
  };
}
