import { randomUUID } from 'node:crypto';
import type { AuthorizationRecord, Identity, NewAuthorization } from '@valetkey/authorizations';
import { AuthorizationStore, OwnerEndStore } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, whileHolding, write } from '@valetkey/testing';
import { childOf, NOW, root } from './records.fixture.js';

/** Ends by owners: found for a party under whatever name she comes, though links to accounts change. */
export function ownerEndStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const records = () => new AuthorizationStore(database());
  const sql = (text: string) => open().dataSource.query(text);
  const someone = (issuer = 'https://partner.example'): Identity => ({ issuer, subject: randomUUID() });
  const account = async (...identities: Identity[]): Promise<string> => {
    const id = randomUUID();
    await sql(`INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('${id}', '${id}', 'A', TRUE, 'operator', 1)`);
    for (const one of identities) await link(one, id);
    return id;
  };
  const unlink = ({ issuer, subject }: Identity) =>
    sql(`DELETE FROM account_identity WHERE issuer = '${issuer}' AND subject = '${subject}'`);
  const link = async (identity: Identity, accountId: string): Promise<void> => {
    await unlink(identity);
    const values = [identity.issuer, identity.subject, accountId].map((value) => `'${value}'`);
    await sql(`INSERT INTO account_identity (issuer, subject, account_id) VALUES (${values.join(', ')})`);
  };
  const issuer = async (): Promise<string> => {
    const name = `https://${randomUUID()}.example`;
    await sql(`INSERT INTO trusted_issuer (issuer, name, jwks, audiences, algorithms, max_age, enabled)
      VALUES ('${name}', 'P', '{}', '[]', '[]', 1, TRUE)`);
    return name;
  };
  type OfParty = Partial<NewAuthorization> & { readonly resourceServerId: string };
  const begin = async (identity: Identity, accountId?: string): Promise<AuthorizationRecord & OfParty> => {
    const party = { ...identity, ...(accountId !== undefined && { accountId }) };
    const owner = `account:${await account()}` as const;
    const fields = { origin: 'uma' as const, owner, resourceServerId: 'photos', party, partyKey: randomUUID() };
    const record = { ...root(fields), resourceServerId: 'photos' };
    await write(database(), (writes) => records().insert(writes, record));
    return record;
  };
  const vouch = (record: AuthorizationRecord, ...identities: Identity[]) =>
    write(database(), (writes) => records().restOn(writes, record, identities));
  const end = async ({ id, owner }: AuthorizationRecord, by: 'owner' | 'server' = 'owner'): Promise<boolean> =>
    commits(database(), (writes) => {
      records().holdOwner(writes, owner);
      records().end(writes, { id, owner, by, now: NOW + 1 });
    });
  /** Found for somebody whose key is another one now. */
  const foundFor = (record: OfParty & AuthorizationRecord, identities: readonly Identity[], accountId?: string) =>
    new OwnerEndStore(database()).ofParty(record, { partyKey: randomUUID(), accountId, identities });

  it('is found under the key of the party, and under none of another one', async () => {
    const record = await begin(someone());
    const ofKey = (partyKey: string | null) => new OwnerEndStore(database()).ofKey(partyKey ?? '');
    expect(await ofKey(record.partyKey)).toBeUndefined();
    await end(record);
    expect(await ofKey(record.partyKey)).toBe(NOW + 1);
    expect(await ofKey(randomUUID())).toBeUndefined();
    const known = { partyKey: record.partyKey ?? '', accountId: undefined, identities: [] };
    expect(await new OwnerEndStore(database()).ofParty(record, known)).toBe(NOW + 1);
  });

  describe('UG-34 of a party whose links to accounts have changed since', () => {
    it('is found under who began the record, though it was for an account that she is not linked to any more', async () => {
      const carol = someone();
      const record = await begin(carol, await account(carol));
      await end(record);
      await unlink(carol);
      expect(await foundFor(record, [carol])).toBe(NOW + 1);
      const second = await account(carol);
      expect(await foundFor(record, [carol], second)).toBe(NOW + 1);
      expect(await foundFor(record, [], second)).toBe(NOW + 1);
    });

    it('is found under whoever vouched for her later, as the same issuer too, though unlinked before the end', async () => {
      const [first, again, further] = [someone(), someone(), someone(await issuer())];
      const record = await begin(first, await account(first, again, further));
      await vouch(record, first, again, further);
      await unlink(again);
      await unlink(further);
      await end(record);
      expect(await foundFor(record, [again])).toBe(NOW + 1);
      expect(await foundFor(record, [further])).toBe(NOW + 1);
    });

    it('is found under what was linked to her account when it ended, though nobody had named it', async () => {
      const [first, linked, before, after] = [someone(), someone(), someone(), someone()];
      const id = await account(first, linked, before);
      const record = await begin(first, id);
      await unlink(before);
      await end(record);
      await unlink(linked);
      expect(await foundFor(record, [linked])).toBe(NOW + 1);
      expect(await foundFor(record, [before])).toBeUndefined();
      // Nor under what the account gets afterwards, for itself.
      await link(after, id);
      expect(await foundFor(record, [after])).toBeUndefined();
    });

    it('is found for an account that one of its identities was linked to afterwards, whoever else names her now', async () => {
      const carol = someone();
      const record = await begin(carol);
      await end(record);
      const id = await account(someone(), carol);
      expect(await foundFor(record, [someone()], id)).toBe(NOW + 1);
      expect(await foundFor(record, [someone()], await account(someone()))).toBeUndefined();
    });

    it('is found for what stood below the record, too', async () => {
      const [top, below] = [await begin(someone()), someone()];
      const child = childOf(top, { party: below, resourceServerId: 'photos' });
      await write(database(), (writes) => records().insert(writes, child));
      await end(top);
      const { clientId } = child;
      expect(await foundFor({ ...top, clientId }, [below])).toBe(NOW + 1);
    });

    it('says nothing about another person, owner, client or resource server', async () => {
      const carol = someone();
      const record = await begin(carol);
      await end(record);
      const others = [{ owner: 'account:bob' as const }, { clientId: 'other' }, { resourceServerId: 'others' }];
      for (const other of others) expect(await foundFor({ ...record, ...other }, [carol])).toBeUndefined();
      const namesakes = [{ ...carol, issuer: 'https://other.example' }, someone()];
      for (const namesake of namesakes) expect(await foundFor(record, [namesake])).toBeUndefined();
    });

    it('is the owner’s word only: what the server ended outranks nothing', async () => {
      const carol = someone();
      const record = await begin(carol, await account(carol));
      await end(record, 'server');
      expect(await foundFor(record, [carol])).toBeUndefined();
    });

    it.each([true, false])(
      'sees who vouches for her at the moment of the end, or that is refused (it came first: %s)',
      async (first) => {
        const [carol, further] = [someone(), someone(await issuer())];
        const record = await begin(carol, await account(carol, further));
        const other = await begin(someone());
        const ground = { ...record, since: undefined, living: record };
        const grant = () =>
          commits(database(), (writes) => {
            records().guardOwner(writes, record.owner);
            records().restOn(writes, record, [further]);
            records().guardNotEnded(writes, ground);
            records().noteUse(writes, other.id, NOW + 1);
          });
        await unlink(further);
        // On PostgreSQL the one that comes first stops in its middle.
        const held = first ? other.id : record.id;
        const hold = `UPDATE authorization_record SET label = 'held' WHERE id = '${held}'`;
        const outcomes = await whileHolding(
          open(),
          hold,
          first ? [grant, () => end(record)] : [() => end(record), grant],
        );
        expect(outcomes).toEqual(first ? [true, true] : [true, false]);
        expect(await foundFor(record, [further])).toBe(first ? NOW + 1 : undefined);
      },
    );
  });
}
