import { setTimeout as wait } from 'node:timers/promises';

import { decodeJwt, decodeProtectedHeader } from 'jose';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic } from '../support/http.js';
import { allowedCode, givePassword } from '../support/person.js';
import { REDIRECT, registrarOf } from '../support/registrar.js';
import { textMember } from '../support/uma.js';
import { CALLBACK } from '../support/world.js';

const FORM = { grant_type: 'client_credentials', scope: 'photos.read' };
const CONNECTIONS = [{ account: 'alice', client: 'login-app', scope: 'openid profile photos.read', count: 3 }];
const CLIENTS = [
  {
    client_id: 'code-app',
    name: 'Code app',
    type: 'public',
    grant_types: ['authorization_code'],
    redirect_uris: [CALLBACK],
    scopes: ['openid'],
  },
];
const SET_UP = {
  clients: CLIENTS,
  connections: CONNECTIONS,
  config: { registration: { mode: 'open', clients_per_network: 1_000 }, authorization: { code_lifetime: '1s' } },
};
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const INACTIVE = { active: false };

describeServer('token endpoint, revocation and ID tokens under attack', SET_UP, (server) => {
  const printShop = () => basic('print-shop', server().world.clients['print-shop'].secret ?? '');
  const connection = (index: number) => ({
    access: server().connections[index]?.access_token ?? '',
    refresh: server().connections[index]?.refresh_token ?? '',
  });
  const login = () => clientOf(server(), 'login-app');
  const photos = () => clientOf(server(), 'photo-service');

  it('CO-05 44 a code that was waited with is invalid_grant, and the next one in time is good', async () => {
    await givePassword(server(), 'alice');
    const late = await allowedCode(server(), 'code-app', 'openid');
    await wait(1_100);
    expect(outcome(await server().http.form('/token', late))).toEqual([400, 'invalid_grant']);
    const inTime = await server().http.form('/token', await allowedCode(server(), 'code-app', 'openid'));
    expect(inTime.status).toBe(200);
  });

  it('CO-10 64 every answer, good or bad, is JSON that nobody keeps, guesses at or reads from another origin', async () => {
    const { http } = server();
    const origin = 'https://evil.example';
    const answers = [
      await http.form('/token', FORM, { headers: { authorization: printShop(), origin } }),
      await http.form('/token', FORM, { headers: { origin } }),
      await http.form('/token', { ...FORM, scope: 'admin' }, { headers: { authorization: printShop(), origin } }),
      await http.form('/token', { ...FORM, grant_type: 'x' }, { headers: { authorization: printShop(), origin } }),
      await http.form('/token', [...Object.entries(FORM), ['scope', 'x']], { headers: { authorization: printShop() } }),
      await http.json('POST', '/token', FORM, { headers: { authorization: printShop() } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 400, 400, 400, expect.any(Number)]);
    for (const { status, headers, text } of answers) {
      expect([status, headers['content-type']?.split(';')[0]]).toEqual([status, 'application/json']);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      for (const name of ['access-control-allow-credentials', 'location', 'refresh', 'link', 'set-cookie'])
        expect([name, headers[name]]).toEqual([name, undefined]);
      expect(headers['access-control-allow-origin'] ?? 'none').not.toMatch(/evil|\*/);
      if (status !== 200) expect(text).not.toMatch(/vk_/);
    }
    expect(answers[0]?.json()).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number) as number });
  });

  it('IR-30 70 a refresh token that is revoked takes all that came of it, which was looked at a moment before', async () => {
    const { access, refresh } = connection(0);
    const next = await login().refresh(refresh);
    const [newer, successor] = [textMember(next, 200, 'access_token'), textMember(next, 200, 'refresh_token')];
    // Whatever remembers, remembers now.
    for (const token of [access, newer]) expect((await photos().introspect(token)).json()['active']).toBe(true);
    expect((await login().revoke(successor)).status).toBe(200);
    for (const token of [access, newer]) expect((await photos().introspect(token)).json()).toEqual(INACTIVE);
    for (const token of [refresh, successor])
      expect(outcome(await login().refresh(token))).toEqual([400, 'invalid_grant']);
  });

  it('IR-32 70 an access token that is revoked ends alone and at once: its refresh token gives others', async () => {
    const { access, refresh } = connection(1);
    expect((await photos().introspect(access)).json()['active']).toBe(true);
    expect((await login().revoke(access)).status).toBe(200);
    expect((await photos().introspect(access)).json()).toEqual(INACTIVE);
    expect((await login().refresh(refresh)).status).toBe(200);
  });

  it('OC-01 attack class 74: nothing registers ID tokens that nobody signed, or that the client itself could have, nor changes to them', async () => {
    const { bothWays } = registrarOf(server());
    const openly = { redirect_uris: ['http://127.0.0.1/cb'], token_endpoint_auth_method: 'none' };
    for (const kind of [{ redirect_uris: [REDIRECT] }, openly])
      for (const wrong of [
        ...['none', 'None', 'HS256', 'HS512', 'RS512', '', null].map((alg) => ({ id_token_signed_response_alg: alg })),
        { id_token_encrypted_response_alg: 'dir' },
        { id_token_encrypted_response_alg: 'ECDH-ES', id_token_encrypted_response_enc: 'A256CBC' },
        { id_token_encrypted_response_enc: 'A256GCM' },
      ]) {
        const isAbsent = 'id_token_signed_response_alg' in wrong && wrong.id_token_signed_response_alg === null;
        for (const [way, answer] of (await bothWays({ ...kind, ...wrong })).entries()) {
          const said = isAbsent ? [[201, 200][way], undefined] : [400, 'invalid_client_metadata'];
          expect([JSON.stringify(wrong), way, ...outcome(answer)]).toEqual([JSON.stringify(wrong), way, ...said]);
          if (isAbsent) expect(answer.json()).toMatchObject({ id_token_signed_response_alg: 'RS256' });
        }
      }
    const metadata = (await server().http.get('/.well-known/openid-configuration')).json();
    expect(metadata['id_token_signing_alg_values_supported']).toEqual(['ES256', 'EdDSA', 'RS256', 'Ed25519']);
    const idToken = textMember(await login().refresh(connection(2).refresh), 200, 'id_token');
    expect(decodeProtectedHeader(idToken)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect(decodeJwt(idToken).iss).toBe(server().issuer);
  });

  it.each(['//token', '/token/', '/%74oken', '/TOKEN', '/token;x=1', '/token/.', '/token/..%2ftoken', '/token%00'])(
    '75 %s is not the token endpoint, or checks as it does',
    async (path) => {
      const answer = await server().http.form(path, FORM);
      expect([401, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('access_token');
    },
  );

  it('75 no header and no parameter makes another method of one', async () => {
    const headers = { authorization: printShop(), 'x-http-method-override': 'POST', 'x-method-override': 'POST' };
    const answer = await server().http.get(`/token?_method=POST&${new URLSearchParams(FORM).toString()}`, { headers });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    const posted = await server().http.form('/token', FORM, {
      headers: { authorization: printShop(), 'x-http-method-override': 'DELETE' },
    });
    expect(posted.status).toBe(200);
  });
});
