import { Injectable } from '@nestjs/common';
import { ConfiguredPasswords, Sessions } from '@valetkey/accounts';
import type { Config } from '../config/config.js';

/** First passwords of accounts, and the end of the sessions of those that are disabled. After the accounts themselves. */
@Injectable()
export class ConfiguredSignIn {
  constructor(
    private readonly passwords: ConfiguredPasswords,
    private readonly sessions: Sessions,
  ) {}

  async apply({ accounts }: Config): Promise<void> {
    for (const { id, password } of accounts) {
      if (password !== undefined) await this.passwords.apply(id, password);
    }
    await this.sessions.endOfDisabled();
  }
}
