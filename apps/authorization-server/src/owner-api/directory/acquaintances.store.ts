import { Injectable } from '@nestjs/common';
import type { OwnerId, Party } from '@valetkey/authorizations';
import { Database, statement } from '@valetkey/persistence';
import type { PolicySubject } from '@valetkey/uma';
import { toldName } from '@valetkey/uma';

/** More are not looked through: they would cost more time than they save. */
const MOST = 300;
const SHARED_WITH = statement(
  'SELECT subject, subject_name, client_id FROM policy WHERE owner = ? ORDER BY id LIMIT ?',
);
const ASKED = statement('SELECT party, client_id FROM access_request WHERE owner = ? ORDER BY id DESC LIMIT ?');

/** Whom an owner knows, by identifier, each once. */
export interface Acquaintances {
  readonly accounts: readonly string[];
  readonly clients: readonly string[];
  /** Those of the accounts that withheld their names from her, and that she has never shared with by name. */
  readonly unnamed: ReadonlySet<string>;
  /** Who asked her for something and has no account here; somebody who asked twice may be there twice. */
  readonly partners: readonly Party[];
}

/** Those whom an owner has shared with, and those who asked her. */
@Injectable()
export class AcquaintancesStore {
  constructor(private readonly database: Database) {}

  async of(owner: OwnerId): Promise<Acquaintances> {
    const shared = await this.database.all<Shared>(SHARED_WITH, [owner, MOST]);
    const asked = await this.database.all<{ party: string; client_id: string }>(ASKED, [owner, MOST]);
    const subjects = shared.map((row) => JSON.parse(row.subject) as PolicySubject);
    const parties = asked.map((row) => JSON.parse(row.party) as Party);
    const named = shared.flatMap((row, index) => nameKnown(row, subjects[index]));
    const withheld = parties.flatMap((party) => (toldName(party) === party.accountId ? (party.accountId ?? []) : []));
    return {
      unnamed: new Set(
        withheld.filter(
          (id) => !named.includes(id) && !parties.some((one) => one.accountId === id && one.name !== undefined),
        ),
      ),
      accounts: distinct([
        ...subjects.flatMap((subject) => (subject.type === 'account' ? [subject.accountId] : [])),
        ...parties.flatMap(({ accountId }) => accountId ?? []),
      ]),
      clients: distinct(
        shared.flatMap((row, index) => (subjects[index]?.type === 'client' ? (row.client_id ?? []) : [])),
      ),
      partners: parties.filter(({ accountId }) => accountId === undefined),
    };
  }
}

interface Shared {
  subject: string;
  subject_name: string | null;
  client_id: string | null;
}

/** The account that the owner shared with by name, if that was one. */
function nameKnown({ subject_name: name }: Shared, subject: PolicySubject | undefined): string[] {
  if (subject?.type !== 'account') return [];
  return name === null || name === subject.accountId ? [] : [subject.accountId];
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
