import type { AccessRow, SubjectView } from '@valetkey/owner-contract';
import { byHolder, byResource } from './access-groups.js';

const holder = (kind: SubjectView['kind'], name: string): SubjectView => ({
  kind,
  id: name,
  name,
  short_name: name,
  verification: 'account',
});
const service = { id: 's', name: 'Photos', state: 'answering' as const };
const row = (id: string, of: SubjectView, resource?: string): AccessRow => ({
  id,
  version: '1',
  origin: resource === undefined ? 'consent' : 'share',
  state: 'active',
  holder: of,
  resources: resource === undefined ? [] : [{ id: resource, name: resource, service }],
  resource_count: resource === undefined ? 0 : 1,
  scopes: [],
  given_at: '2026-11-22T09:00:00Z',
});
const [peter, shop, team] = [holder('person', 'Peter'), holder('application', 'Shop'), holder('group', 'Team')];
const rows = [
  row('1', shop, 'album'),
  row('2', peter, 'album'),
  row('3', team, 'diary'),
  row('4', peter, 'diary'),
  row('5', shop),
];

describe('ux 5.4: who has access', () => {
  it('by holder: people, then applications, then groups, each once', () => {
    const told = byHolder(rows).map(({ kind, groups }) => [kind, groups.map((one) => one.rows.map(({ id }) => id))]);
    expect(told).toEqual([
      ['people', [['2', '4']]],
      ['applications', [['1', '5']]],
      ['groups', [['3']]],
    ]);
  });

  it('by resource: what is about her stands last', () => {
    const told = byResource(rows).map(({ kind, groups }) => [kind, groups.map((one) => one.rows.map(({ id }) => id))]);
    expect(told).toEqual([
      [
        'resources',
        [
          ['1', '2'],
          ['3', '4'],
        ],
      ],
      ['about_you', [['5']]],
    ]);
  });

  it('nobody: no section', () => expect([byHolder([]), byResource([])]).toEqual([[], []]));
});
