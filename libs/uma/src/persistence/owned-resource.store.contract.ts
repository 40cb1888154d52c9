import { randomUUID } from 'node:crypto';
import type { OwnerId } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, write } from '@valetkey/testing';
import type { Policy, Resource, ResourceSearch } from '@valetkey/uma';
import { OwnedResourceStore, PolicyStore, ResourceMarksStore, ResourceStore } from '@valetkey/uma';

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;
const newOwner = (): OwnerId => `account:${randomUUID()}`;

/** What an owner finds among hers, and how she marks it. */
export function ownedResourcesContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const owned = () => new OwnedResourceStore(database());
  const marks = () => new ResourceMarksStore(database());

  const register = async (owner: OwnerId, name: string | null, fields: Partial<Resource> = {}): Promise<Resource> => {
    const resource: Resource = {
      id: `r_${randomUUID()}`,
      owner,
      resourceServerId: 'photos',
      name,
      description: name === null ? {} : { name },
      scopes: new Map([['view', 1]]),
      version: 1,
      policyVersion: 1,
      createdAt: NOW,
      updatedAt: NOW,
      ...fields,
    };
    await write(database(), (writes) => new ResourceStore(database()).insert(writes, resource));
    return resource;
  };
  const share = async ({ id: resourceId, owner }: Resource, fields: Partial<Policy> = {}): Promise<void> => {
    const policy: Policy = {
      id: `p_${randomUUID()}`,
      owner,
      resourceId,
      subject: { type: 'account', accountId: 'carol' },
      clientId: null,
      scopes: ['view'],
      notBefore: null,
      expiresAt: null,
      maxClaimsAge: null,
      minAcr: null,
      maxAuthAge: null,
      requestId: null,
      version: 1,
      createdAt: NOW,
      updatedAt: NOW,
      ...fields,
    };
    await write(database(), (writes) => new PolicyStore(database()).insert(writes, policy, 500));
  };
  /** Names, page by page; their number is counted besides. */
  const found = async (owner: OwnerId, search: Partial<ResourceSearch> = {}, limit = 3) => {
    const wanted = { show: 'all', ...search } as const;
    const names: (string | null)[] = [];
    for (let after: string | undefined; ;) {
      const page = await owned().page(owner, wanted, { limit, ...(after !== undefined && { after }) }, NOW);
      names.push(...page.items.map(({ name }) => name));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(await owned().count(owner, wanted, NOW)).toBe(names.length);
    return names;
  };

  it('lists by service and there by name, each once, whatever the page; nothing of others', async () => {
    const alice = newOwner();
    for (const name of ['cellar', 'Attic', 'äpfel', 'Balcony', null, 'attic']) await register(alice, name);
    await register(alice, 'Zebra', { resourceServerId: 'albums' });
    await register(newOwner(), 'Foreign');
    const names = await found(alice);
    expect(names.slice(0, 2)).toEqual(['Zebra', null]);
    expect(names.slice(2, 4).map((name) => name?.toLowerCase())).toEqual(['äpfel', 'attic']);
    expect(names.slice(-2)).toEqual(['Balcony', 'cellar']);
    for (const limit of [1, 2, 50]) expect(await found(alice, {}, limit)).toEqual(names);
    expect(await owned().serversOf(alice)).toEqual(['albums', 'photos']);
  });

  it('finds words in names and descriptions of any language; wildcards are words like others', async () => {
    const alice = newOwner();
    await register(alice, 'Sommer', {
      description: { name: 'Sommer', 'name#fr': 'Été', description: 'In Größe 100 %' },
    });
    await register(alice, 'Winter_2026');
    expect(await found(alice, { words: 'ETE' })).toEqual(['Sommer']);
    expect(await found(alice, { words: 'grosse  100 %' })).toEqual(['Sommer']);
    expect(await found(alice, { words: 'r_2' })).toEqual(['Winter_2026']);
    expect(await found(alice, { words: '%' })).toEqual(['Sommer']);
    expect(await found(alice, { words: '_' })).toEqual(['Winter_2026']);
    expect(await found(alice, { words: '!' })).toEqual([]);
    expect(await found(alice, { words: '' })).toHaveLength(2);
  });

  it('is found by its new words once it is described anew', async () => {
    const alice = newOwner();
    const one = await register(alice, 'Before');
    const next = { ...one, name: 'Thereafter', description: { name: 'Thereafter' }, version: 2 };
    await write(database(), (writes) => new ResourceStore(database()).replace(writes, next, 1));
    expect(await found(alice, { words: 'before' })).toEqual([]);
    expect(await found(alice, { words: 'thereafter' })).toEqual(['Thereafter']);
  });

  it('tells shared, private and soon ending ones; what is over shares nothing, what is to come does', async () => {
    const alice = newOwner();
    const [open_, ending, later, over] = await Promise.all(
      ['Open', 'Ending', 'Later', 'Over'].map((name) => register(alice, name)),
    );
    await register(alice, 'Private');
    await share(open_ as Resource);
    await share(ending as Resource, { expiresAt: NOW + 14 * DAY });
    await share(later as Resource, { notBefore: NOW + DAY, expiresAt: NOW + 15 * DAY });
    await share(over as Resource, { expiresAt: NOW });
    expect(await found(alice, { show: 'shared' })).toEqual(['Ending', 'Later', 'Open']);
    expect(await found(alice, { show: 'private' })).toEqual(['Over', 'Private']);
    expect(await found(alice, { show: 'ending', endingBy: NOW + 14 * DAY })).toEqual(['Ending']);
    expect(await found(alice, { show: 'shared', words: 'ing', resourceServerId: 'photos' })).toEqual(['Ending']);
    expect(await found(alice, { resourceServerId: 'others' })).toEqual([]);
  });

  it('counts each holder once, by kind, and names the next end', async () => {
    const alice = newOwner();
    const one = await register(alice, 'Album');
    const partner = { type: 'partner', issuer: 'https://partner.example', subject: 'dave' } as const;
    await share(one, { expiresAt: NOW + 9 * DAY });
    await share(one, { scopes: ['print'], expiresAt: NOW + 3 * DAY });
    await share(one, { subject: partner });
    await share(one, { subject: { type: 'client' }, clientId: 'shop' });
    await share(one, { subject: { type: 'client' }, clientId: 'shop', expiresAt: NOW });
    await share(one, { subject: { type: 'anyone' } });
    const holders = await owned().holdersOf([one.id, 'r_none'], NOW);
    expect(holders(one.id)).toEqual({ people: 2, applications: 1, groups: 1, nextEnd: NOW + 3 * DAY });
    expect(holders('r_none')).toEqual({ people: 0, applications: 0, groups: 0, nextEnd: null });
  });

  it('keeps stars and labels of the owner of the resource alone, and twice is once', async () => {
    const [alice, bob] = [newOwner(), newOwner()];
    const one = await register(alice, 'Album');
    await register(alice, 'Other');
    const star = (owner: OwnerId, isStarred: boolean) =>
      commits(database(), (writes) => marks().star(writes, owner, one.id, isStarred));
    const label = (owner: OwnerId, labels: string[]) =>
      commits(database(), (writes) => marks().label(writes, owner, one.id, labels));
    expect(await star(alice, true)).toBe(true);
    expect(await star(alice, true)).toBe(true);
    expect(await star(bob, true)).toBe(false);
    expect(await label(alice, ['Work', 'Öl "x"'])).toBe(true);
    expect(await label(bob, ['Mine'])).toBe(false);
    expect((await marks().of(alice, [one.id]))(one.id)).toEqual({ starred: true, labels: ['Work', 'Öl "x"'] });
    expect((await marks().of(bob, [one.id]))(one.id)).toEqual({ starred: false, labels: [] });
    expect(await found(alice, { show: 'starred' })).toEqual(['Album']);
    expect(await found(alice, { label: 'Öl "x"' })).toEqual(['Album']);
    expect(await found(alice, { label: 'work' })).toEqual([]);
    expect(await marks().labelsOf(alice)).toEqual(['Work', 'Öl "x"']);
    expect(await marks().labelsOf(bob)).toEqual([]);
    await star(alice, false);
    await label(alice, ['Home']);
    expect((await marks().of(alice, [one.id]))(one.id)).toEqual({ starred: false, labels: ['Home'] });
    await write(database(), (writes) => new ResourceStore(database()).delete(writes, one));
    expect(await marks().labelsOf(alice)).toEqual([]);
  });
}
