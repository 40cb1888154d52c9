import { Injectable } from '@nestjs/common';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Person } from '../domain/person.js';
import type { StoredPassword } from '../persistence/password.store.js';
import { PasswordStore } from '../persistence/password.store.js';
import { Persons } from '../persistence/person.store.js';
import type { Waiter } from '../passwords/password-hasher.service.js';
import { PasswordHasher } from '../passwords/password-hasher.service.js';

/** Who a name may stand for, and what would prove it. */
export interface Claimant {
  readonly person: Person | undefined;
  readonly password: StoredPassword | undefined;
}

/** Whether a password is the one of a person; for nobody's names as long as for others (attack class 230). */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly persons: Persons,
    private readonly passwords: PasswordStore,
    private readonly hasher: PasswordHasher,
    private readonly database: Database,
  ) {}

  /** Learns how costly the passwords are that were kept by other policies, and computes one for nobody. */
  async prepare(): Promise<void> {
    await this.hasher.prepare(await this.passwords.ofEachPolicy());
  }

  /** The same questions to the database whether there is such a person or not. */
  async claimantOf(name: string): Promise<Claimant> {
    const person = await this.persons.findByName(name);
    const password = await this.passwords.find(person?.id ?? '');
    return { person, password };
  }

  /** @throws HasherBusy */
  verify({ password }: Claimant, presented: string, waiter: Waiter): Promise<boolean> {
    return this.hasher.verify(password?.hash, presented, waiter);
  }

  /** Keeps a password that was right under today's parameters, when it was hashed by others. @throws HasherBusy */
  async improve({ person, password }: Claimant, presented: string): Promise<void> {
    if (!person || !password || !this.hasher.needsRehash(password.hash)) return;
    const writes = new WriteSet();
    this.passwords.rehash(writes, person.id, { from: password.hash, to: await this.hasher.hash(presented) });
    await this.database.commit(writes);
  }
}
