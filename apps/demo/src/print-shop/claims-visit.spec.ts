import { ClaimsVisit } from './claims-visit.js';

const ISSUER = 'https://as.example';
const RETURN_TO = 'https://shop.example/claims';

describe('UMA Grant §3.3.2, §3.3.3: a visit at the claims interaction endpoint', () => {
  const visit = new ClaimsVisit({ issuer: ISSUER, clientId: 'shop', returnTo: RETURN_TO });
  const { url, state } = visit.begin(`${ISSUER}/uma/claims?tenant=7`, 'ticket-1');
  const back = (changes: Record<string, string> = {}, address = RETURN_TO) =>
    new URL(`${address}?${new URLSearchParams({ ticket: 'ticket-2', state, iss: ISSUER, ...changes }).toString()}`);

  it('begins at the address that need_info named, with ticket, client, way back and a state of its own', () => {
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      tenant: '7',
      client_id: 'shop',
      ticket: 'ticket-1',
      claims_redirect_uri: RETURN_TO,
      state,
    });
    expect(visit.begin(`${ISSUER}/uma/claims`, 'ticket-1').state).not.toBe(state);
  });

  it('ends with the ticket that came back', () => {
    expect(visit.redeem(back(), state)).toBe('ticket-2');
  });

  it.each([
    ['to another visit', back({ state: 'x' }), 'another visit'],
    ['of another server', back({ iss: 'https://evil.example' }), 'another server'],
    ['at another address', back({}, 'https://shop.example/callback'), 'somewhere else'],
    ['without a ticket', new URL(`${RETURN_TO}?error=access_denied&state=${state}&iss=${ISSUER}`), 'access_denied'],
  ])('takes no answer %s', (_case, callback, message) => {
    expect(() => visit.redeem(callback, state)).toThrow(message);
  });
});
