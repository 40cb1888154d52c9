import { describeServer } from '../support/engines.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const CONNECTIONS = [...OWNERS_CONNECTIONS, { account: 'alice', client: 'owner-app', scope: 'authorizations' }];

interface ApplicationJson {
  readonly subject: { readonly id: string; readonly name: string; readonly organisation?: string };
  readonly scopes: readonly { readonly scope: string }[];
}

describeServer('{issuer}/me/applications', { connections: CONNECTIONS }, (server) => {
  const read = (handle: string, bearer = ownersOf(server()).alice.token) =>
    server().http.get(`/me/applications/${encodeURIComponent(handle)}`, { bearer });

  it('tells who it is, and what of resources it may be given: nothing about people, nothing of this server', async () => {
    const { subject, scopes } = (await read('client:print-shop')).json<ApplicationJson>();
    expect(subject).toMatchObject({ id: 'client:print-shop', kind: 'application', name: 'Print shop' });
    const names = scopes.map(({ scope }) => scope);
    expect(names).toEqual(expect.arrayContaining(['view', 'print']));
    expect(names).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(openid|profile|email|offline_access)$/)]),
    );
  });

  it('attack class enumeration: what cannot be given access is not there, nor anybody else’s kind of handle', async () => {
    for (const handle of [
      'client:photo-service',
      'client:nobody',
      'print-shop',
      'account:alice',
      'account:bob',
      'client:',
    ])
      expect([handle, outcome(await read(handle))]).toEqual([handle, '404 not_found']);
  });

  it('attack class enumeration: a token for reading finds nothing', async () => {
    const reading = server().connections[CONNECTIONS.length - 1]?.access_token ?? '';
    expect(outcome(await read('client:print-shop', reading))).toBe('403 insufficient_scope');
  });
});
