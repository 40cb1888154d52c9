import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { basic } from '../support/http.js';
import { textMember } from '../support/uma.js';

const MEDIA_TYPE = 'application/token-introspection+jwt';
const INSECURE = { [oauth.allowInsecureRequests]: true };

describeServer('RFC 9701: introspection as JWT', { issuerPath: '/t1' }, (server) => {
  const secretOf = (name: 'photo-service' | 'other-service') => server().world.clients[name].secret ?? '';
  const token = async () =>
    textMember(await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' }), 200, 'access_token');
  const ask = (value: string, accept = MEDIA_TYPE, name: 'photo-service' | 'other-service' = 'photo-service') => {
    const headers = { authorization: basic(name, secretOf(name)), accept };
    return server().http.form('/introspect', { token: value }, { headers });
  };

  it('IR-20 is signed for its caller and has the plain answer inside, nothing of it outside', async () => {
    const value = await token();
    const answer = await ask(value);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, MEDIA_TYPE]);
    expect(answer.headers['cache-control']).toBe('no-store');
    const keys = createRemoteJWKSet(new URL(`${server().issuer}/jwks`));
    const expected = { issuer: server().issuer, audience: 'photo-service', typ: 'token-introspection+jwt' };
    const { payload, protectedHeader } = await jwtVerify(answer.text, keys, expected);
    expect(protectedHeader.alg).toBe('RS256');
    expect(Object.keys(payload).sort()).toEqual(['aud', 'iat', 'iss', 'token_introspection']);
    expect(payload['token_introspection']).toEqual((await ask(value, 'application/json')).json());
    expect(payload['token_introspection']).toMatchObject({ active: true, scope: 'photos.read' });
  });

  it('IR-21, IR-22 tells of unknown tokens and of those for somebody else that they are inactive, no more', async () => {
    for (const answer of [await ask('x'), await ask(await token(), MEDIA_TYPE, 'other-service')])
      expect(decodeJwt(answer.text)['token_introspection']).toEqual({ active: false });
  });

  it('IR-22 a caller that is not authenticated gets none', async () => {
    const headers = { accept: MEDIA_TYPE };
    for (const form of [{ token: 'x' }, { token: 'x', client_id: 'public-app' }]) {
      const answer = await server().http.form('/introspect', form, { headers });
      expect([answer.status, answer.json().error]).toEqual([401, 'invalid_client']);
    }
  });

  it('IR-25 is no token itself (attack class 86)', async () => {
    const { text } = await ask(await token());
    expect((await ask(text, 'application/json')).json()).toEqual({ active: false });
    for (const path of ['/userinfo', '/uma/resources/']) {
      const answer = await server().http.get(path, { bearer: text });
      expect([answer.status, answer.json().error]).toEqual([401, 'invalid_token']);
    }
  });

  it.each(['application/json', '*/*', `${MEDIA_TYPE};q=0`])('IR-26 Accept: %s gets plain JSON', async (accept) => {
    expect((await ask(await token(), accept)).json()).toMatchObject({ active: true });
  });

  it('IR-20, IR-24 oauth4webapi takes it', async () => {
    const issuer = new URL(server().issuer);
    const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE });
    const as = await oauth.processDiscoveryResponse(issuer, response);
    expect(as.introspection_signing_alg_values_supported).toContain('RS256');
    const who: oauth.Client = { client_id: 'photo-service' };
    const asked = await oauth.introspectionRequest(
      as,
      who,
      oauth.ClientSecretBasic(secretOf('photo-service')),
      await token(),
      { requestJwtResponse: true, ...INSECURE },
    );
    const seen = await oauth.processIntrospectionResponse(as, who, asked);
    expect(seen).toMatchObject({ active: true, scope: 'photos.read' });
    await oauth.validateApplicationLevelSignature(as, asked, INSECURE);
  });
});
