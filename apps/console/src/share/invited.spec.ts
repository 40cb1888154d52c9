import type { SessionView } from '@valetkey/owner-contract';
import { invitable, invitationOf, invitedAddress } from './invited.js';

const session = (invitations: boolean) =>
  ({ sharing: { invitations }, person: { email: 'Anna@example.org' } }) as unknown as SessionView;

describe('O3 no match: invite by e-mail if allowed', () => {
  it.each([
    ['maya@example.org', 'maya@example.org'],
    ['  Maya.Meyer+x@mail.example.co ', 'Maya.Meyer+x@mail.example.co'],
  ])('%j can be invited', (words, address) => {
    const who = invitable(words, session(true));
    expect([who?.name, invitedAddress(who ?? null)]).toEqual([address, address]);
    expect(invitable(words, session(false))).toBeUndefined();
  });

  it.each([
    '',
    'maya',
    'maya@',
    'maya@example',
    '@example.org',
    'a@b@example.org',
    'm a@example.org',
    'ANNA@example.org',
  ])('%j cannot', (words) => {
    expect(invitable(words, session(true))).toBeUndefined();
  });

  it('who is known is no address, and an invitation names nobody but the address', () => {
    expect([invitedAddress(null), invitedAddress({ id: 'account:maya' })]).toEqual([undefined, undefined]);
    const draft = { resource_ids: ['r1'], subject: 'invite:m@x.org', scopes: ['view'], until: null, note: 'Hi' };
    expect(invitationOf(draft, 'm@x.org')).toEqual({
      ...{ resource_ids: ['r1'], scopes: ['view'], until: null, note: 'Hi', address: 'm@x.org' },
    });
  });
});
