import type { ScopeView } from '@valetkey/owner-contract';
import { draftOf, giftProblem, giftsOf, usableScopes } from './gift.js';

const scope = (name: string, level: ScopeView['level'] = 'see'): ScopeView => ({
  ...{ scope: name, level, verb: name, object: 'things', published: true },
});
const photos = [scope('view'), scope('print', 'act')];
const scopesOf = (kind: string) => (kind === 'photos' ? photos : [scope('read', 'change')]);
const chosen = {
  r1: { name: 'Summer', kind: 'photos' },
  r2: { name: 'Bank', kind: 'accounts' },
  r3: { name: 'Winter', kind: 'photos' },
};

describe('O6: what an application is given', () => {
  it('is one share a kind, with what only looks unless she ticks otherwise', () => {
    const gifts = giftsOf(chosen, {}, scopesOf).map((gift) => draftOf(gift, 'client:a', { until: null }));
    expect(gifts).toEqual([
      { resource_ids: ['r1', 'r3'], subject: 'client:a', scopes: ['view'], until: null },
      { resource_ids: ['r2'], subject: 'client:a', scopes: [], until: null },
    ]);
    const [own] = giftsOf(chosen, { photos: ['print'] }, scopesOf);
    expect(own?.scopes.map((one) => one.scope)).toEqual(['print']);
  });

  it('what the application cannot use is not offered', () => {
    expect(usableScopes(photos, [scope('print'), scope('other')]).map((one) => one.scope)).toEqual(['print']);
  });

  it('what is missing is named', () => {
    expect(giftProblem([])).toBe('nothingChosen');
    expect(giftProblem(giftsOf(chosen, {}, scopesOf))).toBe('nothingAllowed');
    expect(giftProblem(giftsOf(chosen, { accounts: ['read'] }, scopesOf))).toBeUndefined();
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, id) => [`r${id}`, { name: '', kind: 'photos' }]));
    expect(giftProblem(giftsOf(many, {}, scopesOf))).toBe('tooMany');
  });
});
