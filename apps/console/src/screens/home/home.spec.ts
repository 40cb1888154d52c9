import type { ResourceRow } from '@valetkey/owner-contract';
import { toHomeSearch } from './home.search.js';
import { kindText } from './kind-text.js';
import { groupsOf, labelGroupsOf } from './service-groups.js';

const row = (id: string, service: string) =>
  ({ id, name: id, service: { id: service, name: service, state: 'answering' } }) as ResourceRow;

describe('O1: groups by service', () => {
  it('a group is whole when another follows it, or when there is no further page', () => {
    const rows = [row('a', 'one'), row('b', 'one'), row('c', 'two')];
    const told = (hasMore: boolean) =>
      groupsOf(rows, hasMore).map(({ service, rows: { length }, isWhole }) => [service.id, length, isWhole]);
    expect(told(true)).toEqual([
      ['one', 2, true],
      ['two', 1, false],
    ]);
    expect(told(false)).toEqual([
      ['one', 2, true],
      ['two', 1, true],
    ]);
    expect(groupsOf([], false)).toEqual([]);
  });
});

describe('O1: groups by label', () => {
  it('a thing stands under each of its labels; what has none comes last', () => {
    const labelled = (id: string, ...labels: string[]) => ({ ...row(id, 'one'), labels });
    const rows = [labelled('a', 'work', 'Ärzte'), labelled('b'), labelled('c', 'work')];
    const told = labelGroupsOf(rows, 'de').map(({ label, rows: found }) => [label, found.map(({ id }) => id)]);
    expect(told).toEqual([
      ['Ärzte', ['a']],
      ['work', ['a', 'c']],
      [undefined, ['b']],
    ]);
    expect(labelGroupsOf([], 'en')).toEqual([]);
  });
});

describe('O1: the kind of a thing in words', () => {
  it.each([
    ['album', 'Album'],
    ['https://photos.example/kinds/photo-album', 'Photo album'],
    ['urn:example:purchase_approvals', 'Purchase approvals'],
    ['https://photos.example/', undefined],
    ['{"x":1}', undefined],
    ['x'.repeat(80), undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j', (type, expected) => expect(kindText(type)).toBe(expected));
});

describe('ux 3, principle 10: the address of the home screen', () => {
  it.each([
    [{}, {}],
    [{ q: '', show: 'all', pages: 1, label: '', share: '' }, {}],
    [
      { q: 'x', show: 'shared', pages: 3, label: 'work', share: 'r_1', other: 1 },
      { q: 'x', show: 'shared', pages: 3, label: 'work', share: 'r_1' },
    ],
    [{ q: 7, show: 'toString', pages: 1.5, label: [], share: {} }, {}],
    [{ by: 'label' }, { by: 'label' }],
    [{ by: 'service' }, {}],
    [{ pages: 101 }, {}],
    [{ pages: '3' }, { pages: 3 }],
  ])('%j is read as %j', (given, read) => expect(toHomeSearch(given)).toEqual(read));
});
