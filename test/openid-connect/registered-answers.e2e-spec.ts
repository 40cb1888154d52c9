import { createHash } from 'node:crypto';

import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';

import { clientOf } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import type { Form } from '../support/http.js';
import { allowedCode, givePassword } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, type Credentials } from '../support/world.js';

const app = (clientId: string, more: object) => ({
  client_id: clientId,
  name: clientId,
  type: 'public',
  grant_types: ['refresh_token'],
  scopes: ['openid', 'profile'],
  ...more,
});
const CLIENTS = [
  app('alone', {}),
  app('house-1', { sector_identifier: 'shop.example' }),
  app('house-2', { sector_identifier: 'shop.example' }),
  app('square-1', { subject_type: 'public' }),
  app('square-2', { subject_type: 'public', userinfo_signed_response_alg: 'ES256' }),
  app('edwards', { id_token_signed_response_alg: 'EdDSA' }),
  app('edwards-renamed', { id_token_signed_response_alg: 'Ed25519', userinfo_signed_response_alg: 'Ed25519' }),
  app('curved', { id_token_signed_response_alg: 'ES256' }),
];
/** Nobody can connect it by hand: its tokens are for its key. */
const BOUND = app('bound', {
  dpop_bound_access_tokens: true,
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'profile', 'offline_access'],
});
const SET_UP = { clients: [...CLIENTS, BOUND] };
const CONNECTIONS = CLIENTS.map(({ client_id: client }) => ({ account: 'alice', client, scope: 'openid profile' }));
const INSECURE = { [oauth.allowInsecureRequests]: true };

describeServer('answers as a client registered them', { ...SET_UP, connections: CONNECTIONS }, (server) => {
  const connection = (clientId: string) => server().connections[CLIENTS.findIndex((one) => one.client_id === clientId)];
  const credentials = (clientId: string): Credentials => ({ clientId, method: 'none' });
  const tokens = new Map<string, string>();
  /** The refresh token is used up each time, so the next one is kept. */
  const refreshed = async (clientId: string) => {
    const token = tokens.get(clientId) ?? connection(clientId)?.refresh_token ?? '';
    const answer = await clientOf(server(), credentials(clientId)).refresh(token);
    if (answer.status === 200) tokens.set(clientId, textMember(answer, 200, 'refresh_token'));
    return answer;
  };
  beforeAll(() => tokens.clear());
  const idTokenOf = async (clientId: string) => textMember(await refreshed(clientId), 200, 'id_token');
  const subjectOf = async (clientId: string) => decodeJwt(await idTokenOf(clientId)).sub;
  const userInfo = (clientId: string) =>
    server().http.get('/userinfo', { bearer: connection(clientId)?.access_token ?? '' });

  it('OC-04 pairwise subjects are shared in a sector and nowhere else, public ones everywhere', async () => {
    const [alone, house1, house2] = [await subjectOf('alone'), await subjectOf('house-1'), await subjectOf('house-2')];
    const [square1, square2] = [await subjectOf('square-1'), await subjectOf('square-2')];
    expect(house1).toBe(house2);
    expect(square1).toBe(square2);
    expect(new Set([alone, house1, square1]).size).toBe(3);
  });

  it('OC-05 UserInfo names the person as each client’s ID token does', async () => {
    for (const clientId of ['alone', 'house-1', 'square-1'])
      expect((await userInfo(clientId)).json().sub).toBe(await subjectOf(clientId));
  });

  it.each([
    ['alone', 'RS256'],
    ['edwards', 'EdDSA'],
    ['edwards-renamed', 'Ed25519'],
    ['curved', 'ES256'],
  ])(
    'OC-01, OC-05 the ID token of %s is signed by %s with its at_hash, and a certified library takes it',
    async (clientId, alg) => {
      const issuer = new URL(server().issuer);
      const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
      const who: oauth.Client = { client_id: clientId, id_token_signed_response_alg: alg };
      const token = tokens.get(clientId) ?? connection(clientId)?.refresh_token ?? '';
      const response = await oauth.refreshTokenGrantRequest(as, who, oauth.None(), token, INSECURE);
      const granted = await oauth.processRefreshTokenResponse(as, who, response);
      tokens.set(clientId, granted.refresh_token ?? '');
      await oauth.validateApplicationLevelSignature(as, response, INSECURE);
      // Ed25519 signs with SHA-512 (RFC 8032 §5.1), the others here with SHA-256.
      const digest = createHash(alg.startsWith('Ed') ? 'sha512' : 'sha256')
        .update(granted.access_token)
        .digest();
      const half = digest.subarray(0, digest.length / 2).toString('base64url');
      expect(decodeJwt(granted.id_token ?? '')['at_hash']).toBe(half);
      expect(decodeProtectedHeader(granted.id_token ?? '').alg).toBe(alg);
    },
  );

  it.each([
    ['square-2', 'ES256'],
    ['edwards-renamed', 'Ed25519'],
  ])('OC-05 UserInfo as JWT is signed for its client %s, by %s', async (clientId, alg) => {
    const answer = await userInfo(clientId);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/jwt']);
    expect(answer.headers['cache-control']).toBe('no-store');
    const keys = createRemoteJWKSet(new URL(`${server().issuer}/jwks`));
    const expected = { issuer: server().issuer, audience: clientId };
    const { payload } = await jwtVerify(answer.text, keys, expected);
    expect(payload).toMatchObject({ sub: await subjectOf(clientId), name: 'Alice Archer' });
    expect(decodeProtectedHeader(answer.text).alg).toBe(alg);
  });

  it('a JWT of UserInfo is no token (attack class 86)', async () => {
    const { text } = await userInfo('square-2');
    for (const path of ['/userinfo', '/uma/resources/'])
      expect((await server().http.get(path, { bearer: text })).status).toBe(401);
  });

  it('DP-09 a client whose tokens are always bound gets none without a proof, and keeps its refresh token', async () => {
    await givePassword(server(), 'alice');
    const holder = await keyHolder(server());
    const ask = async (form: Form, proof?: string) =>
      server().http.form('/token', form, { headers: { ...(proof !== undefined && { dpop: proof }) } });
    const redemption = await allowedCode(server(), 'bound', 'openid profile offline_access');
    const granted = await ask(redemption, await holder.proof('POST', '/token'));
    expect(granted.json()).toMatchObject({ token_type: 'DPoP' });
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'bound',
      refresh_token: textMember(granted, 200, 'refresh_token'),
    };
    const refused = await ask(refresh);
    expect([refused.status, refused.json().error]).toEqual([400, 'invalid_dpop_proof']);
    expect((await ask(refresh, await holder.proof('POST', '/token'))).json()).toMatchObject({ token_type: 'DPoP' });
  });
});
