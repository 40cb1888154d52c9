import { createHash } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { textMember } from '../support/uma.js';

const CONNECTIONS = [
  { account: 'alice', client: 'login-app', scope: 'openid profile email', count: 4 },
  { account: 'alice', client: 'login-app', scope: 'openid profile photos.read' },
  { account: 'alice', client: 'login-app', scope: 'profile' },
  { account: 'bob', client: 'login-app', scope: 'openid' },
];
const INSECURE = { [oauth.allowInsecureRequests]: true };

describeServer('OpenID Connect Core §2, §12: ID tokens', { issuerPath: '/t1', connections: CONNECTIONS }, (server) => {
  const refreshed = (index: number) =>
    clientOf(server(), 'login-app').refresh(server().connections[index]?.refresh_token ?? '');

  it('OC-01, OC-05 a refresh with openid brings one, signed by a published key, for this client and token', async () => {
    const answer = await refreshed(0);
    const idToken = textMember(answer, 200, 'id_token');
    const keys = createRemoteJWKSet(new URL(`${server().issuer}/jwks`));
    const { payload } = await jwtVerify(idToken, keys, { issuer: server().issuer, audience: 'login-app' });
    expect(decodeProtectedHeader(idToken)).toMatchObject({ alg: 'RS256', kid: expect.any(String) as string });
    const digest = createHash('sha256')
      .update(textMember(answer, 200, 'access_token'))
      .digest();
    expect(payload).toMatchObject({
      sub: expect.stringMatching(/^sub_[\w-]{43}$/) as string,
      at_hash: digest.subarray(0, 16).toString('base64url'),
      azp: 'login-app',
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
    for (const name of ['nonce', 'auth_time', 'name', 'email']) expect(payload).not.toHaveProperty(name);
  });

  it('OC-01 tells the claims of its scopes where the access token is for another API', async () => {
    const idToken = textMember(await refreshed(4), 200, 'id_token');
    expect(decodeJwt(idToken)).toMatchObject({ name: 'Alice Archer', preferred_username: 'alice', locale: 'en' });
    expect(decodeJwt(idToken)).not.toHaveProperty('email');
  });

  it('OC-01 there is none without openid', async () => {
    expect((await refreshed(5)).json()).not.toHaveProperty('id_token');
  });

  it('OC-04 names the same person the same way, and another person otherwise', async () => {
    const subjects: unknown[] = [];
    for (const index of [1, 4, 6]) subjects.push(decodeJwt(textMember(await refreshed(index), 200, 'id_token')).sub);
    expect(subjects[0]).toBe(subjects[1]);
    expect(subjects[0]).not.toBe(subjects[2]);
    expect(JSON.stringify(subjects)).not.toMatch(/alice|bob/);
  });

  it('is no access token and no claim token anywhere (attack classes 71, 86)', async () => {
    const idToken = textMember(await refreshed(2), 200, 'id_token');
    const { http } = server();
    for (const path of ['/userinfo', '/uma/resources/', '/me/policies'])
      expect((await http.get(path, { bearer: idToken })).json().error).toBe('invalid_token');
    expect((await clientOf(server(), 'login-app').introspect(idToken)).json()).toEqual({ active: false });
    expect((await clientOf(server(), 'login-app').refresh(idToken)).json().error).toBe('invalid_grant');
  });

  it('OC-01, OC-05 certified libraries take it, and find the same person at UserInfo', async () => {
    const { secret = '' } = server().world.clients['login-app'];
    const config = await client.discovery(
      new URL(server().issuer),
      'login-app',
      undefined,
      client.ClientSecretBasic(secret),
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    );
    const token = server().connections[3]?.refresh_token ?? '';
    const granted = await client.refreshTokenGrant(config, token);
    const sub = granted.claims()?.sub ?? '';
    expect(await client.fetchUserInfo(config, granted.access_token, sub)).toMatchObject({ sub, name: 'Alice Archer' });

    const issuer = new URL(server().issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
    const who: oauth.Client = { client_id: 'login-app' };
    const response = await oauth.refreshTokenGrantRequest(
      as,
      who,
      oauth.ClientSecretBasic(secret),
      granted.refresh_token ?? '',
      INSECURE,
    );
    const again = await oauth.processRefreshTokenResponse(as, who, response);
    expect(oauth.getValidatedIdTokenClaims(again)?.sub).toBe(sub);
    await oauth.validateApplicationLevelSignature(as, response, INSECURE);
  });
});
