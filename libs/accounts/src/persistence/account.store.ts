import { Injectable } from '@nestjs/common';
import { Clock, searchWords, SharedReads } from '@valetkey/kernel';
import { Database, statement } from '@valetkey/persistence';
import type { WriteSet } from '@valetkey/persistence';
import type { EntityManager, Repository } from 'typeorm';
import { toNameKey } from '../domain/login-name.js';
import { Account, AccountIdentity, AccountWord } from './account.entity.js';

const ENABLED = statement('SELECT enabled FROM account WHERE id = ?');
const LINKED = statement(
  `SELECT a.id, a.enabled FROM account_identity i JOIN account a ON a.id = i.account_id
   WHERE i.issuer = ? AND i.subject = ?`,
);

const GENERATION = statement('SELECT generation FROM account WHERE id = ?');
const GUARD_GENERATION = statement('SELECT 1 AS one FROM account WHERE id = ? AND generation = ?');
const RENEW_GENERATION = statement('UPDATE account SET generation = generation + 1 WHERE id = ?');

/** An account that was disabled stops counting on every node no later than this. */
const REMEMBERED = 500;
const MOST_REMEMBERED = 10_000;

/** An account as the configuration describes it. */
export type AccountDescription = Pick<Account, 'id' | 'username' | 'name' | 'email' | 'locale' | 'zone' | 'enabled'> & {
  readonly identities: readonly { readonly issuer: string; readonly subject: string }[];
};

/** Accounts and the identities linked to them. */
@Injectable()
export class AccountStore {
  private readonly remembered: SharedReads<boolean>;

  constructor(
    private readonly database: Database,
    clock: Clock,
  ) {
    this.remembered = new SharedReads(clock, REMEMBERED, MOST_REMEMBERED);
  }

  /** False for a disabled account and for none; half a second late at most. Calls of one moment share one read. */
  async isEnabled(id: string): Promise<boolean> {
    const read = async () => {
      const row = await this.database.get<{ enabled: boolean | number }>(ENABLED, [id]);
      return Boolean(row?.enabled);
    };
    return (await this.remembered.get(id, read)) ?? false;
  }

  /** Which sign-ins of the account count: what came of those of another generation is void. `undefined` for no account. */
  async generationOf(id: string): Promise<number | undefined> {
    return (await this.database.get<{ generation: number }>(GENERATION, [id]))?.generation;
  }

  /** The decision relies on a sign-in of that generation; on PostgreSQL a renewal waits, and sees what was decided. */
  guardGeneration(writes: WriteSet, id: string, generation: number): void {
    writes.guard(GUARD_GENERATION, [id, generation]);
  }

  /** Voids what remembers the generation of a sign-in: in the same write-set as what makes sign-ins doubtful. */
  renewGeneration(writes: WriteSet, id: string): void {
    writes.add(RENEW_GENERATION, [id]);
  }

  /** The account that (issuer, subject) is linked to, disabled ones too, or `undefined`. Never by e-mail address. */
  async findLinked(issuer: string, subject: string): Promise<{ id: string; enabled: boolean } | undefined> {
    const row = await this.database.get<{ id: string; enabled: boolean | number }>(LINKED, [issuer, subject]);
    return row && { id: row.id, enabled: Boolean(row.enabled) };
  }

  /**
   * Makes the configured accounts what the configuration says, and disables those it no longer names. Inside the given
   * transaction.
   */
  async applyConfiguration(manager: EntityManager, wanted: readonly AccountDescription[], now: number): Promise<void> {
    const accounts = manager.getRepository(Account);
    const identities = manager.getRepository(AccountIdentity);
    const present = await accounts.findBy({ managedBy: 'configuration' });
    await freeNames(accounts, present, wanted);
    for (const { identities: links, ...account } of wanted) {
      const before = present.find((one) => one.id === account.id);
      const createdAt = before?.createdAt ?? now;
      const nameKey = toNameKey(account.username) ?? null;
      const emailKey = toNameKey(account.email ?? '') ?? null;
      await accounts.save({ ...account, nameKey, emailKey, managedBy: 'configuration', createdAt });
      await nameAnew(manager, account, before);
      await identities.delete({ accountId: account.id });
      for (const link of links) await identities.save({ ...link, accountId: account.id });
    }
    for (const gone of present.filter((one) => !wanted.some((account) => account.id === one.id))) {
      await accounts.update({ id: gone.id }, { enabled: false });
    }
  }
}

/** Names change hands: they are freed before they are given anew. No configured name begins with a space. */
async function freeNames(
  accounts: Repository<Account>,
  present: readonly Account[],
  wanted: readonly AccountDescription[],
): Promise<void> {
  for (const { id, username } of present) {
    if (wanted.some((account) => account.id === id && account.username === username)) continue;
    await accounts.update({ id }, { username: ` former name of ${id}`, nameKey: null, emailKey: null });
  }
}

/** Notes by which words the account is found, where they are others now. */
async function nameAnew(
  manager: EntityManager,
  { id, ...named }: Pick<Account, 'id' | 'name' | 'username' | 'email'>,
  before: Account | undefined,
): Promise<void> {
  const isSame = (['name', 'username', 'email'] as const).every((part) => before?.[part] === named[part]);
  if (isSame) return;
  const words = manager.getRepository(AccountWord);
  await words.delete({ accountId: id });
  await words.insert(wordsOfAccount(named).map((word) => ({ word, accountId: id })));
}

/** Most words of one account or client. */
const MOST_WORDS = 16;

/** By which words an account is found. */
export function wordsOfAccount({ name, username, email }: Pick<Account, 'name' | 'username' | 'email'>): string[] {
  const words = [username, email ?? '', name].flatMap((text) => searchWords(text));
  return [...new Set(words)].slice(0, MOST_WORDS);
}
