import type { ActivityRow } from '@valetkey/owner-contract';
import { activityHead, activityLine } from './activity-table.js';

const rowOf = (name: string): ActivityRow => ({
  id: 'e1',
  at: '2026-11-20T09:14:00.000Z',
  kind: 'given',
  holder: { kind: 'person', id: 'account:x', name, short_name: name, verification: 'account' },
  resources: [],
  scopes: [],
});
const cellOf = (name: string) => activityLine(rowOf(name), 'en').split(',').slice(2, -6).join(',');

describe('CWE-1236: the table of what happened', () => {
  it.each([
    ['=1+1', `"'=1+1"`],
    ['+49', `"'+49"`],
    ['-2', `"'-2"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    [' =1', `"' =1"`],
    ['a "b", c', `"a ""b"", c"`],
    ['Müller\r\n=1', `"Müller \n=1"`],
    ['Anna', '"Anna"'],
  ])('a name like %j is text', (name, expected) => expect(cellOf(name)).toBe(expected));

  it('every line has as many cells as the head', () => {
    for (const language of ['en', 'de'] as const)
      expect(activityLine(rowOf('Anna'), language).split(',')).toHaveLength(activityHead(language).split(',').length);
  });
});
