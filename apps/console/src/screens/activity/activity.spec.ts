import type { ActivityRow } from '@valetkey/owner-contract';
import { activityQuery, widened } from './activity-query.js';
import { toActivitySearch } from './activity.search.js';
import { daysOf } from './days.js';

const row = (id: string, at: string): ActivityRow => ({ id, at, kind: 'used', resources: [], scopes: [] });

describe('O11: the address of the activity', () => {
  it('what is malformed is left out', () => {
    const given = {
      from: '2026-02-30',
      to: '2026-11-22',
      kind: 'exploded',
      holder: 7,
      resource: 'r1',
      application: '',
    };
    expect(toActivitySearch(given)).toEqual({ to: '2026-11-22', resource: 'r1' });
  });

  it('its days are those of the owner’s zone, the last one included', () => {
    const search = { from: '2026-11-20', to: '2026-11-22', kind: 'refused', resource: 'r1' } as const;
    expect(activityQuery(search, 'Europe/Berlin')).toEqual({
      kind: 'refused',
      resource_id: 'r1',
      from: '2026-11-19T23:00:00.000Z',
      to: '2026-11-22T23:00:00.000Z',
    });
  });

  it('widened it keeps everything but the days', () => {
    expect(widened({ from: '2026-11-20', holder: 'account:1' })).toEqual({ holder: 'account:1' });
    expect(widened({ holder: 'account:1' })).toBeUndefined();
  });
});

describe('O11: days', () => {
  it('are cut at midnight of the owner’s zone', () => {
    const rows = [row('3', '2026-11-22T23:30:00Z'), row('2', '2026-11-22T22:30:00Z'), row('1', '2026-11-22T01:00:00Z')];
    const days = daysOf(rows, 'Europe/Berlin').map(({ date, rows: of }) => [date, of.map(({ id }) => id)]);
    expect(days).toEqual([
      ['2026-11-23', ['3']],
      ['2026-11-22', ['2', '1']],
    ]);
  });
});
