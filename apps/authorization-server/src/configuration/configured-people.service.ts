import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import { AccountStore } from '@valetkey/accounts';
import { TrustedIssuerStore } from '@valetkey/federation';
import { Administration } from '@valetkey/persistence';
import type { AccountConfig, Config, TrustedIssuerConfig } from '../config/config.js';

/** Accounts and trusted issuers, in one TypeORM transaction. */
@Injectable()
export class ConfiguredPeople {
  constructor(
    private readonly accounts: AccountStore,
    private readonly issuers: TrustedIssuerStore,
    private readonly administration: Administration,
    private readonly clock: Clock,
  ) {}

  async apply(config: Config): Promise<void> {
    await this.administration.transaction(async (manager) => {
      await this.accounts.applyConfiguration(manager, config.accounts.map(toAccount), this.clock.now());
      await this.issuers.applyConfiguration(manager, config.trustedIssuers.map(toTrustedIssuer));
    });
  }
}

function toAccount({ id, username, name, enabled, identities, email, locale, zone }: AccountConfig) {
  return {
    ...{ id, username, name, enabled, identities },
    email: email ?? null,
    locale: locale ?? null,
    zone: zone ?? null,
  };
}

function toTrustedIssuer(config: TrustedIssuerConfig) {
  return { ...config, jwks: { keys: [...config.jwks.keys] } };
}
