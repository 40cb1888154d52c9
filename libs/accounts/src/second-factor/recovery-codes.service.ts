import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sha256 } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { AccountNotices } from '../notices/account-notices.service.js';
import { RecoveryCodeStore } from '../persistence/recovery-code.store.js';
import type { Place } from '../sign-in/known-places.service.js';
import { ownStrategy } from '../sign-in/own-strategy.js';
import type { CodeOutcome, PresentedCode } from './second-factor-attempts.service.js';
import { isAcceptedCode, SecondFactorAttempts } from './second-factor-attempts.service.js';

const CODES = 10;
/** 32 characters that nobody takes for another: no i, l, o, u. 16 of them are 80 bits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CHARACTERS = 16;
const GROUP = /.{4}(?=.)/g;

/** Codes on paper for the day when the authenticator app is lost: each once, tries limited together with its codes. */
@Injectable()
export class RecoveryCodes {
  /** The strategy for codes on paper. */
  private readonly authenticate = ownStrategy(
    'recovery-code',
    (presented: PresentedCode) => this.decide(presented),
    isAcceptedCode,
  );

  constructor(
    private readonly store: RecoveryCodeStore,
    private readonly attempts: SecondFactorAttempts,
    private readonly database: Database,
    private readonly notices: AccountNotices,
  ) {}

  /** How many are left. */
  count(accountId: string): Promise<number> {
    return this.store.count(accountId);
  }

  /** Ten fresh codes in the place of all former ones; shown once, kept as digests. */
  async renew(accountId: string): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newCode);
    const writes = new WriteSet();
    this.store.replaceAll(
      writes,
      accountId,
      codes.map((code) => digestOf(accountId, code)),
    );
    this.notices.tell(writes, accountId, 'recovery_codes_made');
    await this.database.commit(writes);
    this.notices.record(accountId, 'recovery_codes_made');
    return codes.map((code) => code.replace(GROUP, '$&-'));
  }

  /** A code, however it is spelt, given at a place. Accepted once, whatever happens at the same time. */
  attempt(accountId: string, code: string, place: Place): Promise<CodeOutcome> {
    return this.authenticate({ accountId, code, place });
  }

  async remove(accountId: string): Promise<void> {
    const writes = new WriteSet();
    this.store.removeAll(writes, accountId);
    await this.database.commit(writes);
  }

  private decide({ accountId, code, place }: PresentedCode): Promise<CodeOutcome> {
    return this.attempts.make(accountId, place, async () => {
      const plain = code.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '');
      if (plain.length !== CHARACTERS) return false;
      const writes = new WriteSet();
      this.store.use(writes, accountId, digestOf(accountId, plain));
      return this.database.tryCommit(writes);
    });
  }
}

function newCode(): string {
  return [...randomBytes(CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** Of 80 random bits: no slow hash is needed. */
function digestOf(accountId: string, code: string): string {
  return sha256(`recovery code\n${accountId}\n${code}`);
}
