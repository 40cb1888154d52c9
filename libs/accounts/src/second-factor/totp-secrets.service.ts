import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import { KeyEncryption } from '@valetkey/keys';
import { Secret, TOTP } from 'otpauth';
import { ACCOUNTS_OPTIONS } from '../accounts-options.js';
import type { AccountsOptions } from '../accounts-options.js';

const PERIOD = 30;
const DIGITS = 6;
const SECRET_BYTES = 20;
/** Clocks of telephones differ: the step before and the one after are taken, too (RFC 6238 section 5.2). */
const WINDOW = 1;

/** A secret as its person sees it: for typing (base32), and as `otpauth:` address for the app. */
export interface ShownSecret {
  readonly secret: string;
  readonly uri: string;
}

/** Secrets of authenticator apps (TOTP, RFC 6238): encrypted for the account that they belong to, and what they answer. */
@Injectable()
export class TotpSecrets {
  constructor(
    private readonly encryption: KeyEncryption,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: Pick<AccountsOptions, 'issuer'>,
  ) {}

  /** A fresh one, encrypted. */
  make(accountId: string): string {
    return this.encryption.encrypt(new Secret({ size: SECRET_BYTES }).base32, contextOf(accountId));
  }

  /** @param label - what the app shows beside this server's name */
  show(accountId: string, sealed: string, label: string): ShownSecret {
    const secret = this.open(accountId, sealed);
    const issuer = new URL(this.options.issuer).host;
    return { secret: secret.base32, uri: totpOf(secret, { issuer, label }).toString() };
  }

  /** The time step that the code belongs to, or `undefined`. */
  stepOf(accountId: string, sealed: string | undefined, code: string): number | undefined {
    const token = code.normalize('NFKC').replace(/\s/g, '');
    if (sealed === undefined || !/^\d{6}$/.test(token)) return undefined;
    const timestamp = this.clock.now();
    const totp = totpOf(this.open(accountId, sealed), {});
    const delta = totp.validate({ token, timestamp, window: WINDOW });
    return delta === null ? undefined : totp.counter({ timestamp }) + delta;
  }

  private open(accountId: string, sealed: string): Secret {
    return Secret.fromBase32(this.encryption.decrypt(sealed, contextOf(accountId)));
  }
}

function totpOf(secret: Secret, names: { issuer?: string; label?: string }): TOTP {
  return new TOTP({ ...names, secret, algorithm: 'SHA1', digits: DIGITS, period: PERIOD });
}

function contextOf(accountId: string): string {
  return `one-time-code ${accountId}`;
}
