import { Injectable } from '@nestjs/common';
import { KeyEncryption } from '@valetkey/keys';
import { WriteSet } from '@valetkey/persistence';
import { AccountNotices } from '../notices/account-notices.service.js';
import { PasswordStore } from '../persistence/password.store.js';
import { NewPasswords } from './new-passwords.service.js';
import { PasswordHasher } from './password-hasher.service.js';

/** Passwords that the configuration gives to accounts. */
@Injectable()
export class ConfiguredPasswords {
  private readonly purpose: Buffer;

  constructor(
    private readonly store: PasswordStore,
    private readonly news: NewPasswords,
    private readonly hasher: PasswordHasher,
    private readonly encryption: KeyEncryption,
    private readonly notices: AccountNotices,
  ) {
    this.purpose = encryption.derive('configured-password');
  }

  /**
   * Applies a configured password, unless that one was applied before: what the person or an operator set since then stays.
   * To see that at each start without a costly hash, a keyed digest is remembered; its key is not in the database. Not for
   * concurrent calls with one account.
   * @returns whether the password was changed
   */
  async apply(accountId: string, password: string): Promise<boolean> {
    const configuredMark = this.encryption.authenticate(this.purpose, `${accountId}\n${password}`);
    const present = await this.store.find(accountId);
    if (present?.configuredMark === configuredMark) return false;
    const hash = await this.hasher.hash(password);
    const writes = new WriteSet();
    // The first one is no change: there is nobody yet who had another.
    if (present) this.notices.tell(writes, accountId, 'operator_set_password');
    return this.news.store({ accountId, hash, configuredMark, reason: 'configuration' }, writes);
  }
}
