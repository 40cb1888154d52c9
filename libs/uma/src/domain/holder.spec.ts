import { personOf } from './evidence.js';
import { handleOfParty, handleOfToken, holderOf } from './holder.js';

describe('handles of holders', () => {
  const partner = { issuer: 'https://globex.example', subject: 'mara\nx' };

  it('of a policy, a request and a token about the same person are the same', () => {
    const ofPolicy = holderOf({ id: 'p', subject: { type: 'partner', ...partner }, clientId: null });
    expect(ofPolicy).toMatch(/^partner:[\w-]{43}$/);
    expect(handleOfParty(partner)).toBe(ofPolicy);
    expect(handleOfToken({ subject: personOf(partner), clientId: 'shop' })).toBe(ofPolicy);
    const account = { ...partner, accountId: 'mara' };
    expect([handleOfParty(account), handleOfToken({ subject: personOf(account), clientId: 'shop' })]).toEqual([
      'account:mara',
      'account:mara',
    ]);
  });

  it('tell partners with the same name apart, and applications from people', () => {
    const other = { ...partner, issuer: 'https://initech.example' };
    expect(handleOfParty(other)).not.toBe(handleOfParty(partner));
    expect(holderOf({ id: 'p', subject: { type: 'client' }, clientId: 'shop' })).toBe('client:shop');
    expect(handleOfToken({ subject: null, clientId: 'shop' })).toBe('client:shop');
    expect(holderOf({ id: 'p', subject: { type: 'anyone' }, clientId: null })).toBe('policy:p');
  });
});
