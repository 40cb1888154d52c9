import { randomUUID } from 'node:crypto';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore, PermissionCeilingStore, rootAuthorization } from '@valetkey/authorizations';
import type { Clock } from '@valetkey/kernel';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, whileHolding, write } from '@valetkey/testing';
import { TokenFamilyStore } from '@valetkey/tokens';
import type { Policy, PolicyDraft } from '@valetkey/uma';
import { ClientPoliciesStore, PolicyStore, ResourceStore } from '@valetkey/uma';
import { umaServices } from '../uma-services.fixture.js';

const NOW = 1_700_000_000_000;
const clockAt = (now: number): Clock => ({ now: () => now });
const CLIENT = { type: 'client' } as const;
const PERSON = { type: 'account', accountId: 'carol' } as const;

interface Given {
  readonly resourceServerId?: string;
  readonly clientId?: string;
  readonly subject?: Policy['subject'];
  readonly state?: 'active' | 'suspended';
}

/** What an owner takes back from a client itself. */
export function clientPoliciesContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const policies = () => new PolicyStore(database());
  const resources = () => new ResourceStore(database());
  const records = () => new AuthorizationStore(database());
  const ceilings = () => new PermissionCeilingStore(database());
  const families = () => new TokenFamilyStore();

  const resourceOf = async (owner: OwnerId, resourceServerId: string): Promise<string> => {
    const id = `r_${randomUUID()}`;
    const description = { resource_scopes: ['view'] };
    const times = { version: 1, policyVersion: 1, createdAt: NOW, updatedAt: NOW };
    const scopes = new Map([['view', 1]]);
    const resource = { id, owner, resourceServerId, name: null, description, scopes, ...times };
    await write(database(), (writes) => resources().insert(writes, resource));
    return id;
  };
  /** A record with a permission that one policy gave, and a family of refresh tokens for it. */
  const give = async (owner: OwnerId, { resourceServerId = 'photos', clientId = 'shop', ...more }: Given = {}) => {
    const resourceId = await resourceOf(owner, resourceServerId);
    const policy: Policy = {
      id: `p_${randomUUID()}`,
      owner,
      resourceId,
      subject: more.subject ?? CLIENT,
      clientId,
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
    };
    const id = `g_${randomUUID()}`;
    const fields = { id, origin: 'uma', owner, clientId, resourceServerId, partyKey: randomUUID() } as const;
    const record = { ...rootAuthorization(fields, NOW), state: more.state ?? 'active' };
    const permission = { resourceId, scopes: ['view'], resourceVersion: 1 };
    const familyId = randomUUID();
    await write(database(), (writes) => {
      policies().insert(writes, policy, 1);
      records().insert(writes, record);
      ceilings().set(writes, id, { resourceId, scopes: ['view'], policyIds: [policy.id], expiresAt: null }, undefined);
      const family = {
        id: familyId,
        authorizationId: id,
        generation: 0,
        permissions: [permission],
        expiresAt: NOW + 1_000,
      };
      families().insert(writes, family);
    });
    return { id, resourceId, familyId, policy };
  };
  const holds = async ({ id, resourceId, familyId }: { id: string; resourceId: string; familyId: string }) => {
    const sql = `SELECT refresh_revoked_at AS at FROM token_family WHERE id = '${familyId}'`;
    const [family] = await open().dataSource.query<{ at: unknown }[]>(sql);
    return [(await ceilings().find(id, resourceId)) !== undefined, family?.at === null];
  };

  it('goes from all its records at that resource server, resting ones too, with the refresh tokens', async () => {
    const owner: OwnerId = `account:${randomUUID()}`;
    const given = [await give(owner), await give(owner), await give(owner, { state: 'suspended' })];
    const of = { owner, clientId: 'shop', resourceServerId: 'photos' };
    await write(database(), (writes) => new ClientPoliciesStore().withdraw(writes, of, NOW + 1));
    for (const one of given) expect(await holds(one)).toEqual([false, false]);
  });

  it.each<[string, Given, OwnerId | undefined]>([
    ['at another resource server', { resourceServerId: 'videos' }, undefined],
    ['of another client', { clientId: 'other' }, undefined],
    ['that a policy for a person gave', { subject: PERSON }, undefined],
    ['of another owner', {}, `account:${randomUUID()}`],
  ])('what is %s stays', async (_what, more, other) => {
    const owner: OwnerId = `account:${randomUUID()}`;
    const kept = await give(other ?? owner, more);
    const of = { owner, clientId: 'shop', resourceServerId: 'photos' };
    await write(database(), (writes) => new ClientPoliciesStore().withdraw(writes, of, NOW + 1));
    expect(await holds(kept)).toEqual([true, true]);
  });

  it('her words are in the order in which she said them, whatever the clocks of two servers say', async () => {
    const owner: OwnerId = `account:${randomUUID()}`;
    const { id, resourceId, policy } = await give(owner);
    const [slow, fast] = [clockAt(NOW + 1_000), clockAt(NOW + 9_000)];
    const policiesBy = (clock: Clock) => umaServices(database(), clock).ownerPolicies;
    const endsBy = (clock: Clock) => umaServices(database(), clock).revocation;
    const draft: PolicyDraft = { ...policy, scopes: ['view'] };
    const changed = (await policiesBy(fast).replace(owner, policy.id, draft)) as Policy;
    expect(await endsBy(slow).end(id, owner)).toBe(true);
    const end = await records().lastEndOf(owner);
    expect(end).toBeGreaterThanOrEqual(changed.updatedAt);
    const again = (await policiesBy(slow).create(owner, { ...draft, resourceId })) as Policy;
    expect(again.updatedAt).toBeGreaterThan(end ?? 0);
  });

  it('UG-43 what another record of the client would get while she ends one waits for the end, and is not given', async () => {
    const id = randomUUID();
    const owner: OwnerId = `account:${id}`;
    const sql = `INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('${id}', '${id}', 'Alice', TRUE, 'operator', 1)`;
    await open().dataSource.query(sql);
    const [ended, other] = [await give(owner), await give(owner, { subject: PERSON })];
    const living = await records().find(other.id);
    const { resourceId, policy } = ended;
    const grant = () =>
      commits(database(), (writes) => {
        records().guardOwner(writes, owner);
        const ground = { owner, resourceServerId: 'photos', clientId: 'shop', since: undefined, living };
        records().guardNotEnded(writes, ground);
        const ceiling = { resourceId, scopes: ['view'], policyIds: [policy.id], expiresAt: null };
        ceilings().set(writes, other.id, ceiling, undefined);
      });
    const end = () => umaServices(database(), clockAt(NOW + 1)).revocation.end(ended.id, owner);
    // On PostgreSQL the end stops here in the middle: it has withdrawn, and not yet ended.
    const held = `UPDATE authorization_record SET root_id = root_id WHERE id = '${ended.id}'`;
    expect(await whileHolding(open(), held, [end, grant])).toEqual([true, false]);
    expect(await ceilings().find(other.id, resourceId)).toBeUndefined();
  });
}
