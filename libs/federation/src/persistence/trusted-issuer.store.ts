import { Injectable } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import type { Duration } from '@valetkey/kernel';
import { Clock, ExpiringCache } from '@valetkey/kernel';
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
  private readonly remembered = new ExpiringCache<readonly TrustedIssuer[]>(REMEMBERED, 1);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async enabled(): Promise<readonly TrustedIssuer[]> {
    const now = this.clock.now();
    const known = this.remembered.get(LIST, now);
    if (known) return known;
    const issuers = (await this.database.all<Row>(ALL, [])).map(toTrustedIssuer);
    this.remembered.set(LIST, issuers, now);
    return issuers;
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
