import { randomUUID } from 'node:crypto';
import type { OwnerId } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import type { AccessRequest } from '@valetkey/uma';
import { AccessRequestStore, personKeyOf, UmaExpiryStore } from '@valetkey/uma';

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;

/** What an owner's no remembers, and what is found by who asks. */
export function decidedRequestsContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new AccessRequestStore(database());
  const newOwner = (): OwnerId => `account:${randomUUID()}`;
  const request = (fields: Partial<AccessRequest> = {}): AccessRequest => ({
    id: `q_${randomUUID()}`,
    owner: newOwner(),
    resourceServerId: 'photos',
    clientId: 'shop',
    party: { issuer: 'https://partner.example', subject: randomUUID(), name: 'Dave' },
    requestKey: randomUUID(),
    permissions: [{ resourceId: 'r', scopes: ['view'] }],
    state: 'pending',
    createdAt: NOW,
    expiresAt: NOW + DAY,
    decidedAt: null,
    version: 1,
    ...fields,
  });
  const insert = async (one: AccessRequest): Promise<AccessRequest> => {
    await write(database(), (writes) => store().insert(writes, one));
    return one;
  };
  const deny = async (one: AccessRequest, mutedUntil?: number) =>
    write(database(), (writes) =>
      store().decide(writes, {
        ...{ id: one.id, owner: one.owner, state: 'denied', now: NOW + 1, reason: 'No' },
        ...(mutedUntil !== undefined && { mutedUntil }),
      }),
    );
  const reopen = (one: AccessRequest, version: number, now = NOW + 2) =>
    commits(database(), (writes) => store().reopen(writes, { ...one, version }, now));

  it('a no keeps its words and its version; taken back it is as it was', async () => {
    const one = await insert(request({ why: 'For the audit' }));
    expect(await store().find(one.id)).toEqual(one);
    await deny(one, NOW + 30 * DAY);
    const denied = { state: 'denied', version: 2, reason: 'No', mutedUntil: NOW + 30 * DAY, decidedAt: NOW + 1 };
    expect(await store().find(one.id)).toEqual({ ...one, ...denied });
    expect(await reopen(one, 1)).toBe(false);
    expect(await reopen(one, 2, one.expiresAt)).toBe(false);
    expect(await reopen({ ...one, owner: newOwner() }, 2)).toBe(false);
    expect(winners(await race(20, () => reopen(one, 2)))).toBe(1);
    expect(await store().find(one.id)).toEqual({ ...one, version: 3 });
  });

  it('cannot be taken back while an equal one waits', async () => {
    const one = await insert(request());
    await deny(one);
    await insert({ ...one, id: `q_${randomUUID()}`, createdAt: NOW + 2 });
    expect(await reopen(one, 2)).toBe(false);
  });

  it('a person is muted by one owner, whatever her name, until then', async () => {
    const one = await insert(request());
    await deny(one, NOW + 30 * DAY);
    const renamed = { ...one.party, name: 'Mallory' };
    expect((await store().muting(one.owner, renamed, NOW + 30 * DAY - 1))?.id).toBe(one.id);
    expect(await store().muting(one.owner, renamed, NOW + 30 * DAY)).toBeUndefined();
    expect(await store().muting(newOwner(), renamed, NOW + 2)).toBeUndefined();
    expect(await store().muting(one.owner, { ...one.party, subject: 'other' }, NOW + 2)).toBeUndefined();
  });

  it('who is muted stays known until it is over, others go a day after they would have waited', async () => {
    const [muted, denied] = [await insert(request()), await insert(request())];
    await deny(muted, NOW + 30 * DAY);
    await deny(denied);
    const expireAt = async (now: number) => {
      while ((await new UmaExpiryStore(database()).expire(now, 1000)) > 0);
    };
    await expireAt(NOW + 3 * DAY);
    expect(await store().find(denied.id)).toBeUndefined();
    expect(await store().find(muted.id)).toBeDefined();
    await expireAt(NOW + 30 * DAY);
    expect(await store().find(muted.id)).toBeUndefined();
  });

  it('what persons asked is found by who they are, page by page; when each first asked is told by owner', async () => {
    const [linked, partner] = [{ accountId: randomUUID() }, {}].map((fields) => ({ ...request().party, ...fields }));
    if (!linked || !partner) throw new Error('there are two');
    const owner = newOwner();
    const made = [
      await insert(request({ party: linked, owner, createdAt: NOW + 5 })),
      await insert(request({ party: linked, owner })),
    ];
    made.push(await insert(request({ party: partner })), await insert(request({ party: partner })));
    await insert(request());
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await store().pageOfPersons([linked, partner], { limit: 3, ...(after !== undefined && { after }) });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(seen).toEqual(made.map(({ id }) => id).sort());
    const first = await store().firstOfPersons(owner, [linked, partner].map(personKeyOf));
    expect([...first]).toEqual([[personKeyOf(linked), NOW]]);
  });
}
