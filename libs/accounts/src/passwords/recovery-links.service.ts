import { Inject, Injectable } from '@nestjs/common';
import { Clock, issueOpaque, opaqueKeyOf } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { ACCOUNTS_OPTIONS } from '../accounts-options.js';
import type { AccountsOptions } from '../accounts-options.js';
import { RecoveryLinkStore } from '../persistence/recovery-link.store.js';

/** The values in recovery links: one use, a short life, bound to one account. */
@Injectable()
export class RecoveryLinks {
  constructor(
    private readonly store: RecoveryLinkStore,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: Pick<AccountsOptions, 'recoveryLinkLifetime'>,
  ) {}

  /** A fresh value; those that the account got before end. */
  async issue(accountId: string): Promise<string> {
    const now = this.clock.now();
    const { value, key } = issueOpaque('rl', now);
    const writes = new WriteSet();
    this.store.voidAll(writes, accountId, now);
    this.store.insert(writes, { hash: key, accountId, now, expiresAt: now + this.options.recoveryLinkLifetime });
    await this.database.commit(writes);
    return value;
  }

  /** The account of a value that can still be used, or `undefined`. Uses nothing up: programs look at links in mails. */
  async find(value: string): Promise<string | undefined> {
    const key = opaqueKeyOf(value, 'rl');
    return key === undefined ? undefined : this.store.find(key, this.clock.now());
  }

  /** Uses a value up. Its condition fails for one that was used or has expired: of concurrent uses one succeeds. */
  use(writes: WriteSet, value: string): void {
    this.store.use(writes, opaqueKeyOf(value, 'rl') ?? '', this.clock.now());
  }
}
