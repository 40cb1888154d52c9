import { randomUUID } from 'node:crypto';
import type { AuthorizationRecord, NewAuthorization, Party } from '@valetkey/authorizations';
import { AuthorizationStore, OwnerEndStore, Suspension, SuspensionStore } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, whileHolding, write } from '@valetkey/testing';
import { anOwner, childOf, clientInsertion, NOW, root } from './records.fixture.js';

/** Records rest while somebody they rest on is disabled, with all below them, and go on with the last of them. */
export function suspensionStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new AuthorizationStore(database());
  const follow = () => new Suspension(new SuspensionStore(database())).follow();
  const sql = (text: string) => open().dataSource.query(text);
  const insert = async <T extends AuthorizationRecord[]>(...records: T): Promise<T> => {
    for (const record of records) await write(database(), (writes) => store().insert(writes, record));
    return records;
  };
  const statesOf = (...records: AuthorizationRecord[]) =>
    Promise.all(records.map(async ({ id }) => (await store().find(id))?.state));
  const enabledText = (enabled: boolean) => (enabled ? 'TRUE' : 'FALSE');

  const account = async (enabled = true): Promise<string> => {
    const id = randomUUID();
    await sql(`INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('${id}', '${id}', 'A', ${enabledText(enabled)}, 'operator', 1)`);
    return id;
  };
  const client = async (): Promise<string> => {
    const id = randomUUID();
    await sql(clientInsertion(id));
    return id;
  };
  const setClient = async (id: string, enabled: boolean) => {
    await sql(`UPDATE client SET enabled = ${enabledText(enabled)} WHERE id = '${id}'`);
    await follow();
  };
  const issuer = async (): Promise<string> => {
    const name = `https://${randomUUID()}.example`;
    await sql(`INSERT INTO trusted_issuer (issuer, name, jwks, audiences, algorithms, max_age, enabled)
      VALUES ('${name}', 'P', '{}', '[]', '[]', 1, TRUE)`);
    return name;
  };
  const setAccount = async (id: string, enabled: boolean) => {
    await sql(`UPDATE account SET enabled = ${enabledText(enabled)} WHERE id = '${id}'`);
    await follow();
  };
  const setIssuer = async (name: string, enabled: boolean) => {
    await sql(`UPDATE trusted_issuer SET enabled = ${enabledText(enabled)} WHERE issuer = '${name}'`);
    await follow();
  };
  const named = (...issuers: string[]) => issuers.map((one) => ({ issuer: one, subject: 's' }));
  const ofParty = (party: Party, fields: Partial<NewAuthorization> = {}) =>
    root({ origin: 'uma', owner: anOwner(), party, partyKey: randomUUID(), ...fields });

  it('suspends the records of a disabled owner and resumes them with her', async () => {
    const id = await account();
    const [record, other] = await insert(root({ owner: `account:${id}` }), root({ owner: `client:${id}` }));
    await setAccount(id, false);
    expect(await statesOf(record, other)).toEqual(['suspended', 'active']);
    await setAccount(id, true);
    expect(await statesOf(record)).toEqual(['active']);
  });

  it('leaves the records of a client that an operator suspended: resumed, all of them are good at once', async () => {
    const id = await client();
    const [record] = await insert(root({ owner: `client:${id}`, clientId: id }));
    await setClient(id, false);
    await sql(`UPDATE client SET suspended_at = 1 WHERE id = '${id}'`);
    await setClient(id, true);
    expect(await statesOf(record)).toEqual(['active']);
  });

  it('suspends the records that a disabled client owns, with all below them, and resumes them with it', async () => {
    const [id, another] = [await client(), await client()];
    const top = root({ owner: `client:${id}` });
    const [below, beside] = [childOf(top), root({ owner: `client:${another}` })];
    // An account of that name is somebody else, and so is the client that merely acts.
    const [namesake, acting] = [root({ owner: `account:${id}` }), root({ owner: anOwner(), clientId: id })];
    await insert(top, below, beside, namesake, acting);
    await setClient(id, false);
    const states = () => statesOf(top, below, beside, namesake, acting);
    expect(await states()).toEqual(['suspended', 'suspended', 'active', 'active', 'active']);
    await setClient(id, true);
    expect(await states()).toEqual(Array(5).fill('active'));
  });

  it('goes on where a process ended in the middle of it', async () => {
    const id = await account();
    const record = root({ owner: `account:${id}` });
    const [top, child] = await insert(record, childOf(record, { owner: anOwner() }));
    await sql(`UPDATE account SET enabled = FALSE WHERE id = '${id}'`);
    await sql(`UPDATE authorization_record SET state = 'suspended' WHERE id = '${top.id}'`);
    await follow();
    expect(await statesOf(top, child)).toEqual(['suspended', 'suspended']);
  });

  it('suspends what a requesting party holds while her account is disabled, wherever it was given', async () => {
    const [id, partner] = [await account(), await issuer()];
    const hers = { issuer: partner, subject: 'carol', accountId: id };
    const [one, two, other] = await insert(ofParty(hers), ofParty(hers), ofParty({ issuer: partner, subject: 'dave' }));
    await setAccount(id, false);
    expect(await statesOf(one, two, other)).toEqual(['suspended', 'suspended', 'active']);
    await setAccount(id, true);
    expect(await statesOf(one, two, other)).toEqual(['active', 'active', 'active']);
  });

  it('suspends by the identity, too, that was linked to the disabled account after the record began', async () => {
    const [id, partner] = [await account(), await issuer()];
    const [record, namesake] = await insert(
      ofParty({ issuer: partner, subject: 'carol' }),
      ofParty({ issuer: await issuer(), subject: 'carol' }),
    );
    await sql(`INSERT INTO account_identity (issuer, subject, account_id) VALUES ('${partner}', 'carol', '${id}')`);
    await setAccount(id, false);
    expect(await statesOf(record, namesake)).toEqual(['suspended', 'active']);
    await setAccount(id, true);
    expect(await statesOf(record)).toEqual(['active']);
  });

  it('suspends what rests on the word of a disabled issuer, as the party’s own or as a further one', async () => {
    const [first, second] = [await issuer(), await issuer()];
    const [own, further, other] = await insert(
      ofParty({ issuer: second, subject: 's' }),
      ofParty({ issuer: first, subject: 's' }),
      ofParty({ issuer: first, subject: 't' }),
    );
    await write(database(), (writes) => store().restOn(writes, further, named(first, second)));
    await setIssuer(second, false);
    expect(await statesOf(own, further, other)).toEqual(['suspended', 'suspended', 'active']);
    await setIssuer(second, true);
    expect(await statesOf(own, further, other)).toEqual(['active', 'active', 'active']);
  });

  it('resumes only when the last of several that were disabled is enabled again', async () => {
    const [owner, party, partner] = [await account(), await account(), await issuer()];
    const [record] = await insert(
      ofParty({ issuer: partner, subject: 's', accountId: party }, { owner: `account:${owner}` }),
    );
    await setAccount(owner, false);
    await setAccount(party, false);
    await setIssuer(partner, false);
    await setAccount(owner, true);
    expect(await statesOf(record)).toEqual(['suspended']);
    await setIssuer(partner, true);
    expect(await statesOf(record)).toEqual(['suspended']);
    await setAccount(party, true);
    expect(await statesOf(record)).toEqual(['active']);
  });

  it('takes everything below with it, and resumes parents before their children', async () => {
    const [id, lower, partner] = [await account(), await account(), await issuer()];
    const top = ofParty({ issuer: partner, subject: 's', accountId: id });
    const [middle, beside] = [childOf(top), childOf(top)];
    const low = childOf(middle, { party: { issuer: partner, subject: 't', accountId: lower } });
    const all = await insert(top, middle, beside, low);
    await setAccount(lower, false);
    expect(await statesOf(...all)).toEqual(['active', 'active', 'active', 'suspended']);
    await setAccount(id, false);
    expect(await statesOf(...all)).toEqual(Array(4).fill('suspended'));
    await setAccount(id, true);
    expect(await statesOf(...all)).toEqual(['active', 'active', 'active', 'suspended']);
    await setAccount(lower, true);
    expect(await statesOf(...all)).toEqual(Array(4).fill('active'));
  });

  it('leaves what has ended as it is', async () => {
    const [id, partner] = [await account(), await issuer()];
    const [record] = await insert(ofParty({ issuer: partner, subject: 's', accountId: id }));
    const end = { id: record.id, owner: record.owner, by: 'owner' as const, now: NOW + 1 };
    await write(database(), (writes) => store().end(writes, end));
    await setAccount(id, false);
    await setAccount(id, true);
    expect(await store().find(record.id)).toMatchObject({ state: 'revoked', endedAt: NOW + 1 });
  });

  it('holds the place of a suspended record, so that it can be resumed at every later start', async () => {
    const [id, partner] = [await account(), await issuer()];
    const party = { issuer: partner, subject: 's', accountId: id };
    const [old] = await insert(ofParty(party));
    await setAccount(id, false);
    const renewed = { ...ofParty(party), partyKey: old.partyKey };
    expect(await commits(database(), (writes) => store().insert(writes, renewed))).toBe(false);
    // Whoever begins anew ends the one that rests, in the same commit.
    await write(database(), (writes) => {
      store().end(writes, { id: old.id, owner: old.owner, by: 'server', now: NOW + 1 });
      store().insert(writes, renewed);
    });
    await setAccount(id, true);
    expect(await statesOf(old, renewed)).toEqual(['revoked', 'active']);
    // That end was not the owner's word.
    expect(await new OwnerEndStore(database()).ofKey(old.partyKey ?? '')).toBeUndefined();
  });

  it('works off more records than one statement takes', async () => {
    const [id, partner] = [await account(), await issuer()];
    const records = Array.from({ length: 2_300 }, () => ofParty({ issuer: partner, subject: 's', accountId: id }));
    await write(database(), (writes) => records.forEach((record) => store().insert(writes, record)));
    const count = async (state: string) =>
      Number(
        (
          (await sql(`SELECT count(*) AS records FROM authorization_record
            WHERE party_account = '${id}' AND state = '${state}'`)) as { records: unknown }[]
        )[0]?.records,
      );
    await setAccount(id, false);
    expect([await count('suspended'), await count('active')]).toEqual([2_300, 0]);
    await setAccount(id, true);
    expect([await count('suspended'), await count('active')]).toEqual([0, 2_300]);
  });

  it.each(['account', 'issuer', 'owner'])(
    'leaves nothing alive that began while its ground was being taken away: %s',
    async (which) => {
      const [id, owner, partner] = [await account(), await account(), await issuer()];
      const record = ofParty({ issuer: partner, subject: 's', accountId: id }, { owner: `account:${owner}` });
      const [other] = await insert(root());
      const begin = () =>
        commits(database(), (writes) => {
          store().guardGround(writes, record);
          store().insert(writes, record);
          store().noteUse(writes, other.id, NOW + 1);
        });
      const disable = { account: () => setAccount(id, false), owner: () => setAccount(owner, false) };
      const takeAway = which === 'issuer' ? () => setIssuer(partner, false) : disable[which as keyof typeof disable];
      // The commit that begins the record waits in its middle; meanwhile the other one comes.
      const held = `UPDATE authorization_record SET label = 'held' WHERE id = '${other.id}'`;
      const [began] = await whileHolding<unknown>(open(), held, [begin, takeAway]);
      expect([began, await statesOf(record)]).toEqual([true, ['suspended']]);
    },
  );

  it.each([true, false])(
    'leaves nothing alive that another issuer vouched for while it was being disabled (it came first: %s)',
    async (first) => {
      const [own, further] = [await issuer(), await issuer()];
      const [record, other] = await insert(ofParty({ issuer: own, subject: 's' }), root());
      const grant = () =>
        commits(database(), (writes) => {
          store().guardActive(writes, record.id);
          store().restOn(writes, record, named(further));
          store().noteUse(writes, other.id, NOW + 1);
        });
      const takeAway = () => setIssuer(further, false);
      const held = `UPDATE authorization_record SET label = 'held' WHERE id = '${other.id}'`;
      const work: (() => Promise<unknown>)[] = first ? [grant, takeAway] : [takeAway, grant];
      const outcomes = await whileHolding(open(), held, work);
      // On SQLite both wait, in their order; PostgreSQL has disabled the issuer when the grant comes second.
      const granted = outcomes[first ? 0 : 1];
      expect([granted, await statesOf(record)]).toEqual(first ? [true, ['suspended']] : [false, ['active']]);
    },
  );
}
