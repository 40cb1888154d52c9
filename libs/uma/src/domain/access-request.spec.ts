import type { Party } from '@valetkey/authorizations';
import type { AccessRequest } from './access-request.js';
import { answersFor, partyKeyOf, requestKeyOf } from './access-request.js';
import { personOf } from './evidence.js';

const CAROL: Party = { issuer: 'https://partner.example', subject: 'carol-1' };
const OF = { owner: 'account:alice', resourceServerId: 'photos', clientId: 'shop', party: CAROL } as const;

/** About scopes on resources, of a party that alice was asked for. */
const asks = (...permissions: [resourceId: string, ...scopes: string[]][]) => ({
  permissions: permissions.map(([resourceId, ...scopes]) => ({ resourceId, scopes })),
});

function request(permissions: AccessRequest['permissions']): AccessRequest {
  const times = { createdAt: 1, expiresAt: 2, decidedAt: 1, version: 1 };
  return { ...OF, id: 'q', requestKey: requestKeyOf('key', permissions), permissions, state: 'approved', ...times };
}

const keyOf = ({
  owner,
  resourceServerId,
  clientId,
  party,
}: typeof OF | (Omit<typeof OF, 'party'> & { party: Party })) =>
  partyKeyOf(owner, resourceServerId, clientId, personOf(party));

describe('UG-30: whether the owner’s answer is about what a party misses', () => {
  const asked = request(asks(['r1', 'view', 'print'], ['r2', 'view']).permissions);

  it.each<[boolean, ...[string, ...string[]][]]>([
    [true, ['r1', 'print']],
    [true, ['r2', 'view'], ['r1', 'view', 'print']],
    [true],
    [false, ['r1', 'download']],
    [false, ['r2', 'print']],
    [false, ['r1', 'view'], ['r3', 'view']],
  ])('%s: it misses %j %j', (expected, ...missing) => {
    expect(answersFor(asked, { partyKey: keyOf(OF), missing: asks(...missing).permissions })).toBe(expected);
  });

  it('never where another person, client, owner or resource server asked', () => {
    const others = [
      { party: { ...CAROL, subject: 'dave-2' } },
      { party: { ...CAROL, accountId: 'carol' } },
      { clientId: 'other' },
      { owner: 'account:bob' },
      { resourceServerId: 'others' },
    ];
    for (const other of others) {
      const partyKey = keyOf({ ...OF, ...other } as typeof OF);
      expect([other, answersFor(asked, { partyKey, missing: [] })]).toEqual([other, false]);
    }
  });
});
