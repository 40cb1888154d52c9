import * as oauth from 'oauth4webapi';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { httpFor } from '../support/http.js';
import { textMember } from '../support/uma.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const SCOPES: Readonly<Record<string, string[]>> = {
  '/me': ['authorizations', 'authorizations.write'],
  '/grants': ['grant_management_query', 'grant_management_revoke'],
  '/uma': ['uma_protection'],
  '/introspect': ['introspect', 'uma_protection'],
  '/userinfo': ['openid', 'profile', 'email'],
};
/** A request of each API, and what its resource is. */
const REQUESTS: readonly [method: 'GET' | 'POST' | 'DELETE', path: string, api: string][] = [
  ['GET', '/me/policies', '/me'],
  ['GET', '/me/authorizations/x', '/me'],
  ['DELETE', '/grants/g_x', '/grants'],
  ['GET', '/uma/resources/', '/uma'],
  ['POST', '/uma/permission', '/uma'],
  ['GET', '/userinfo', '/userinfo'],
];

describe.each(['', '/t1'])('RFC 9728 with the issuer path "%s"', (issuerPath) => {
  describeServer(
    'metadata of the own APIs',
    { issuerPath, connections: [{ account: 'alice', client: 'owner-app', scope: 'authorizations' }] },
    (server) => {
      const origin = () => httpFor(`http://127.0.0.1:${server().port}`);

      it.each(Object.keys(SCOPES))('IR-70, IR-74 %s has metadata that a certified client takes', async (path) => {
        const resource = new URL(`${server().issuer}${path}`);
        const answer = await oauth.resourceDiscoveryRequest(resource, INSECURE);
        const metadata = await oauth.processResourceDiscoveryResponse(resource, answer);
        expect(metadata).toMatchObject({
          resource: resource.href,
          authorization_servers: [server().issuer],
          scopes_supported: SCOPES[path],
          bearer_methods_supported: ['header'],
          dpop_signing_alg_values_supported: expect.arrayContaining(['ES256']) as unknown,
        });
        const issuer = new URL(server().issuer);
        const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
        expect(as['protected_resources']).toContain(resource.href);
      });

      it('IR-70 the audience of all of them, the issuer, has its own document', async () => {
        const answer = await origin().get(`/.well-known/oauth-protected-resource${issuerPath}`);
        expect(answer.json()['resource']).toBe(server().issuer);
        expect(answer.json()['scopes_supported']).toEqual([...new Set(Object.values(SCOPES).flat())]);
        expect(answer.headers['access-control-allow-origin']).toBe('*');
      });

      it.each(REQUESTS)(
        'RFC 9728 §5.1: %s %s without, and with a bad token, says where its metadata are',
        async (...request) => {
          const [method, path, api] = request;
          const address = `http://127.0.0.1:${server().port}/.well-known/oauth-protected-resource${issuerPath}${api}`;
          for (const authorization of [undefined, 'Bearer nonsense', 'DPoP nonsense']) {
            const headers = new Headers(authorization === undefined ? {} : { authorization });
            const answer = await fetch(`${server().issuer}${path}`, { method, headers });
            const challenges = answer.headers.get('www-authenticate') ?? '';
            expect(answer.status).toBe(401);
            const found = [...challenges.matchAll(/(Bearer|DPoP) realm="valetkey", resource_metadata="([^"]*)"/g)];
            expect(found.map(([, , one]) => one)).toEqual(authorization === undefined ? [address, address] : [address]);
            expect((await fetch(address)).status).toBe(200);
          }
        },
      );

      it('IR-70 the challenge of a weak token leads to the scopes that it lacks', async () => {
        const [connection] = server().connections;
        const headers = {
          authorization: `Bearer ${connection?.access_token ?? ''}`,
          'content-type': 'application/json',
        };
        const init = { method: 'POST', headers, body: '{}' };
        const answer = await fetch(`${server().issuer}/me/policies`, init);
        expect(answer.status).toBe(403);
        expect(answer.headers.get('www-authenticate')).toMatch(
          /realm="valetkey", resource_metadata="[^"]*\/me", error="insufficient_scope", scope="authorizations.write"/,
        );
      });

      it('RFC 8707 §2: a resource identifier of an own API names this server, and no other address does', async () => {
        const service = clientOf(server(), 'photo-service');
        const ask = (resource: string) => service.clientCredentials({ scope: 'introspect', resource });
        const token = textMember(await ask(`${server().issuer}/introspect`), 200, 'access_token');
        const answer = await server().http.form('/introspect', { token }, { bearer: token });
        expect(answer.json()).toMatchObject({ active: true, aud: server().issuer });
        for (const path of ['/me/', '/meadow', '/token', '/introspect?x', '/ME'])
          expect((await ask(`${server().issuer}${path}`)).json().error).toBe('invalid_target');
      });

      it('RFC 9728 §3: poisoned headers change nothing, other methods are refused', async () => {
        const path = `/.well-known/oauth-protected-resource${issuerPath}/me`;
        const poison = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
        expect((await origin().get(path, { headers: poison })).json()['resource']).toBe(`${server().issuer}/me`);
        expect((await origin().form(path, {})).status).toBe(405);
        expect((await origin().get(`${path}/policies`)).status).toBe(404);
      });
    },
  );
});
