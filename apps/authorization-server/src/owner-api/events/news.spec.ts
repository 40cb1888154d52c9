import type { ActivityEntry } from '@valetkey/activity';
import type { ActivityKind } from '@valetkey/owner-contract';
import { handlesOf, newsOf } from './news.js';

const CAROL = handlesOf('carol', [{ issuer: 'https://partner.example', subject: 'carol-1' }]);
const [ACCOUNT = '', PARTNER = ''] = CAROL;

const line = (kind: ActivityKind, holder: string | undefined, owner = 'account:alice') =>
  ({
    id: `e${kind}`,
    kind,
    owner,
    resources: [],
    scopes: [],
    ...(holder !== undefined && { holder }),
  }) as unknown as ActivityEntry;
const isAbout = (one: ActivityEntry, handles = CAROL) => newsOf([one]).isAbout({ handles });

describe('O10: who hears that something of others is new', () => {
  it.each([ACCOUNT, PARTNER])('whoever holds it, by her account or as a partner names her (%s)', (holder) => {
    expect([PARTNER.startsWith('partner:'), isAbout(line('removed', holder))]).toEqual([true, true]);
  });

  it('nobody else', () => {
    const others = [
      handlesOf('bob', []),
      handlesOf('carol-1', [{ issuer: 'https://other.example', subject: 'carol-1' }]),
    ];
    expect(others.map((handles) => isAbout(line('removed', ACCOUNT), handles))).toEqual([false, false]);
    expect(others.map((handles) => isAbout(line('removed', PARTNER), handles))).toEqual([false, false]);
  });

  it.each(['used', 'refused', 'invited', 'registered', 'signed_in'] as const)(
    'nobody but the owner of what no holder reads of (%s)',
    (kind) => {
      expect(isAbout(line(kind, ACCOUNT))).toBe(false);
    },
  );

  it('not she who owns it: she reads the line', () => {
    expect(isAbout(line('changed', ACCOUNT, ACCOUNT))).toBe(false);
    expect(newsOf([line('changed', ACCOUNT, ACCOUNT)]).ofOwner(ACCOUNT)).toHaveLength(1);
  });
});
