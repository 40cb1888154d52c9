import type { AccessRequest } from './access-request.js';
import type { Policy } from './policy.js';
import { outcomeOf } from './request-outcome.js';

const NOW = 1_700_000_000_000;
const request = {
  id: 'q',
  party: { issuer: 'https://as.example', subject: 'bob', accountId: 'bob' },
  permissions: [{ resourceId: 'album', scopes: ['view', 'print'] }],
  state: 'approved',
  createdAt: NOW - 2,
  expiresAt: NOW,
  version: 1,
  decidedAt: NOW - 1,
} as unknown as AccessRequest;
const policy = (changed: Partial<Policy>): Policy =>
  ({
    requestId: 'q',
    resourceId: 'album',
    subject: { type: 'account', accountId: 'bob' },
    scopes: ['view', 'print'],
    ...changed,
  }) as Policy;

describe('UG-31 what became of a request', () => {
  it.each<[string, readonly Policy[], object]>([
    ['all of it', [policy({})], { kind: 'allowed' }],
    ['a part', [policy({ scopes: ['view'] })], { kind: 'allowed', got: [{ resourceId: 'album', scopes: ['view'] }] }],
    ['nothing by a policy that came of another request', [policy({ requestId: 'other' })], { kind: 'ended' }],
    [
      'nothing by a policy that is about somebody else since',
      [policy({ subject: { type: 'account', accountId: 'eve' } })],
      { kind: 'ended' },
    ],
    ['no more than was asked', [policy({ scopes: ['view', 'print', 'delete'] })], { kind: 'allowed' }],
  ])('%s', (_what, policies, expected) => {
    expect(outcomeOf(request, policies, NOW)).toMatchObject(expected);
  });

  it('tells all that was given, and when it begins and ends; less than all of it only where it is less', () => {
    const until = { notBefore: null, expiresAt: NOW + 5 };
    const outcome = outcomeOf(request, [policy({ scopes: ['view', 'delete'], ...until })], NOW);
    expect(outcome).toMatchObject({ given: [{ resourceId: 'album', scopes: ['view'], ...until }] });
    expect(outcomeOf(request, [policy({})], NOW)).not.toHaveProperty('got');
  });

  it('is allowed from when it begins, where nothing of it has begun', () => {
    const later = { notBefore: NOW + 10, expiresAt: NOW + 20 };
    expect(outcomeOf(request, [policy(later)], NOW)).toMatchObject({ kind: 'allowed', from: NOW + 10, given: [later] });
    const [soon, begun] = [policy({ scopes: ['view'], notBefore: NOW - 5 }), policy({ ...later, scopes: ['print'] })];
    expect(outcomeOf(request, [soon, begun], NOW)).not.toHaveProperty('from');
  });

  it('a partner who was denied may ask again a day later; who waits to the end had no answer', () => {
    const party = { issuer: 'https://partner.example', subject: 'dave' };
    const subject = { type: 'partner', ...party } as const;
    expect(outcomeOf({ ...request, party }, [policy({ subject })], NOW)).toMatchObject({ kind: 'allowed' });
    expect(outcomeOf({ ...request, state: 'denied' }, [], NOW)).toEqual({
      kind: 'denied',
      againFrom: NOW - 1 + 86_400_000,
    });
    expect(outcomeOf({ ...request, state: 'pending' }, [], NOW)).toEqual({ kind: 'expired' });
    expect(outcomeOf({ ...request, state: 'pending' }, [], NOW - 1)).toEqual({ kind: 'waiting' });
  });
});
