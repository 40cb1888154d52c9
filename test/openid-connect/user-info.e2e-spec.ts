import { decodeJwt } from 'jose';

import { clientOf } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic } from '../support/http.js';
import { protectionApi, textMember } from '../support/uma.js';

const CONNECTIONS = [
  { account: 'alice', client: 'login-app', scope: 'openid profile email' },
  { account: 'alice', client: 'login-app', scope: 'openid' },
  { account: 'alice', client: 'login-app', scope: 'photos.read' },
  { account: 'alice', client: 'login-app', scope: 'profile' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations' },
];
const outcome = (answer: Answer) => [answer.status, answer.json().error];

describeServer('OpenID Connect Core §5.3: UserInfo', { issuerPath: '/t1', connections: CONNECTIONS }, (server) => {
  const tokenOf = (index: number) => server().connections[index]?.access_token ?? '';
  const get = (bearer: string) => server().http.get('/userinfo', { bearer });

  it('OC-05 tells what the scopes stand for, by GET and by POST, with and without a form', async () => {
    const bearer = tokenOf(0);
    const answers = [
      await get(bearer),
      await server().http.send({ method: 'POST', path: '/userinfo', bearer }),
      await server().http.form('/userinfo', {}, { bearer }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.json()).toEqual({
        sub: expect.stringMatching(/^sub_[\w-]{43}$/) as string,
        name: 'Alice Archer',
        preferred_username: 'alice',
        email: 'alice@example.org',
        locale: 'en',
        zoneinfo: 'Europe/Vienna',
      });
    }
    expect(Object.keys((await get(tokenOf(1))).json())).toEqual(['sub']);
  });

  it('OC-05 the subject is that of the ID token', async () => {
    const refreshed = await clientOf(server(), 'login-app').refresh(server().connections[0]?.refresh_token ?? '');
    const { sub } = decodeJwt(textMember(refreshed, 200, 'id_token'));
    expect((await get(textMember(refreshed, 200, 'access_token'))).json().sub).toBe(sub);
  });

  it('OC-05 answers a token that is none of a person’s for it with 401 (attack classes 71, 72)', async () => {
    const { http } = server();
    const photos = clientOf(server(), 'photo-service');
    const pat = textMember(await photos.clientCredentials({ scope: 'uma_protection' }), 200, 'access_token');
    const resource = await protectionApi(server(), pat).register({ resource_scopes: ['view'] });
    const ticket = await protectionApi(server(), pat).ticket({ resource_id: resource, resource_scopes: ['view'] });
    const shop = await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' });
    const refused = [
      tokenOf(2),
      server().connections[0]?.refresh_token ?? '',
      ticket,
      textMember(shop, 200, 'access_token'),
      'x',
      'a.b.c',
    ];
    for (const bearer of refused) {
      const answer = await get(bearer);
      expect(outcome(answer)).toEqual([401, 'invalid_token']);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
    }
    const bare = await http.get('/userinfo');
    expect([bare.status, bare.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Bearer .*, DPoP /)]);
  });

  it('OC-05 answers a token without openid with 403', async () => {
    const answer = await get(tokenOf(4));
    expect(outcome(answer)).toEqual([403, 'insufficient_scope']);
    expect(answer.headers['www-authenticate']).toContain('scope="openid"');
  });

  it('CO-13 takes no token from a query or a form, and none that is sent twice (attack class 71)', async () => {
    const { http } = server();
    const token = tokenOf(0);
    expect(outcome(await http.get(`/userinfo?access_token=${token}`))).toEqual([401, 'invalid_token']);
    expect(outcome(await http.form('/userinfo', { access_token: token }))).toEqual([401, 'invalid_token']);
    const twice = [400, 'invalid_request'];
    expect(outcome(await http.get(`/userinfo?access_token=${token}`, { bearer: token }))).toEqual(twice);
    expect(outcome(await http.form('/userinfo', { access_token: token }, { bearer: token }))).toEqual(twice);
    const headers = ['authorization', `Bearer ${token}`, 'authorization', `Bearer ${token}`];
    expect(outcome(await http.get('/userinfo', { headers }))).toEqual(twice);
  });

  it('DP-06 takes a bound token with its proof alone (attack classes 182, 189)', async () => {
    const holder = await keyHolder(server());
    const { secret = '' } = server().world.clients['login-app'];
    const refreshed = await server().http.form(
      '/token',
      { grant_type: 'refresh_token', refresh_token: server().connections[1]?.refresh_token ?? '' },
      { headers: { authorization: basic('login-app', secret), dpop: await holder.proof('POST', '/token') } },
    );
    const token = textMember(refreshed, 200, 'access_token');
    expect(outcome(await get(token))).toEqual([401, 'invalid_token']);
    for (const method of ['GET', 'POST']) {
      const headers = await holder.presented(method, '/userinfo', token);
      expect((await server().http.send({ method, path: '/userinfo', headers })).status).toBe(200);
    }
  });

  it('OC-05 tells nothing once the token was revoked', async () => {
    expect((await get(tokenOf(1))).status).toBe(200);
    await clientOf(server(), 'login-app').revoke(tokenOf(1));
    expect(outcome(await get(tokenOf(1)))).toEqual([401, 'invalid_token']);
  });
});
