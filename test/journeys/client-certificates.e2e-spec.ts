import { join } from 'node:path';

import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { IDENTITY, OPEN, RETURN } from '../support/application.js';
import { alternativeName, type Identity, issue } from '../support/certificates.js';
import { clientOf } from '../support/client.js';
import { describeEngines } from '../support/engines.js';
import { type ReverseProxy, startNginx } from '../support/nginx.js';
import { allowed } from '../support/person.js';
import { type Server, startServer } from '../support/server.js';
import { type Fetch, fetchTrusting, TlsBrowser, type TlsGround, tlsGround } from '../support/tls.js';

/** Where the proxy connects from. */
const PROXY = '127.0.0.9';
const HEADER = 'Client-Cert';
const WAYS = ['by TLS of our own', 'behind nginx, which passes the certificate'] as const;
const BOUND = {
  redirect_uris: [RETURN],
  grant_types: ['authorization_code', 'refresh_token'],
  tls_client_certificate_bound_access_tokens: true,
};
const ALIASES = { use_mtls_endpoint_aliases: true };

/** What an application holds after the sign-in. */
type Held = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
const refreshed = (config: client.Configuration, { refresh_token: token = '' }: Held) =>
  client.refreshTokenGrant(config, token);
const told = (config: client.Configuration, held: Held) =>
  client.fetchUserInfo(config, held.access_token, held.claims()?.sub ?? '');

interface Party {
  /** Who it is, its certificate, and how it registers that. */
  readonly identity: Identity;
  readonly metadata: Readonly<Record<string, unknown>>;
}
type Method = 'tls_client_auth' | 'self_signed_tls_client_auth';
const METHODS: readonly Method[] = ['tls_client_auth', 'self_signed_tls_client_auth'];

async function partiesOf(authority: Identity): Promise<Readonly<Record<Method, Party>>> {
  const extensions = [alternativeName('dns', 'shop.example')];
  const byAuthority = await issue({ subject: 'CN=shop', issuer: authority, extensions });
  const byKey = await issue({ subject: 'CN=self' });
  return {
    tls_client_auth: { identity: byAuthority, metadata: { tls_client_auth_san_dns: 'shop.example' } },
    self_signed_tls_client_auth: { identity: byKey, metadata: { jwks: { keys: [byKey.jwk] } } },
  };
}

describeEngines('RFC 8705, journey: certified libraries with certificates', (engine) => {
  describe.each(WAYS)('%s', (way) => {
    let ground: TlsGround;
    let server: Server;
    const proxies: ReverseProxy[] = [];
    let issuer: string;
    let parties: Readonly<Record<Method, Party>>;
    /** As somebody with this certificate, or with none. */
    const as = (shown?: Identity): Promise<Fetch> => fetchTrusting(ground.authority, shown);

    beforeAll(async () => {
      ground = await tlsGround();
      parties = await partiesOf(ground.authority);
      issuer = `https://127.0.0.1:${ground.ports.plain}/t1`;
      const address = `https://127.0.0.1:${ground.ports.asking}/t1`;
      const { client_certificate_authorities: authorities } = ground.listener;
      const isDirect = way === WAYS[0];
      const tls = isDirect
        ? ground.listener
        : { client_certificate_header: HEADER, client_certificate_authorities: authorities };
      const config = { ...OPEN, issuer, http: { trusted_proxies: isDirect ? [] : [`${PROXY}/32`] } };
      const aliased = { ...tls, client_certificate_address: address };
      server = await startServer({ engine, issuerPath: '/t1', config: { ...config, tls: aliased } });
      if (!isDirect) proxies.push(await proxy(ground.ports.plain, false), await proxy(ground.ports.asking, true));
    });
    afterAll(async () => {
      for (const one of proxies.splice(0)) await one.stop();
      await server?.dispose();
      await ground?.dispose();
    });

    /** As operators set it up: what clients send under the header's name goes no further. */
    const proxy = (port: number, isAsking: boolean) =>
      startNginx({
        target: `http://127.0.0.1:${server.port}`,
        from: PROXY,
        port,
        tls: [
          `ssl_certificate ${join(ground.folder, 'server.pem')};`,
          `ssl_certificate_key ${join(ground.folder, 'server.key')};`,
          ...(isAsking ? ['ssl_verify_client optional_no_ca;'] : []),
        ],
        location: [
          'proxy_set_header Host $http_host;',
          `proxy_set_header ${HEADER} ${isAsking ? '$ssl_client_escaped_cert' : '""'};`,
        ],
      });
    const browser = async () => new TlsBrowser(issuer, await as());
    const other = async (method: Method) =>
      method === 'tls_client_auth'
        ? issue({
            subject: 'CN=other',
            issuer: ground.authority,
            extensions: [alternativeName('dns', 'other.example')],
          })
        : issue({ subject: 'CN=self' });
    const cnfOf = async (token: string) => (await clientOf(server, 'photo-service').introspect(token)).json()['cnf'];
    const boundTo = ({ thumbprint }: Identity) => ({ 'x5t#S256': thumbprint });

    it.each(METHODS)(
      'MB-01, MB-02, MB-03, MB-04 openid-client by %s: tokens for its certificate, and nothing for another one',
      async (method) => {
        const { identity, metadata } = parties[method];
        const wish = { ...BOUND, ...metadata, token_endpoint_auth_method: method };
        const fetchAs = await as(identity);
        const execute = [client.enableNonRepudiationChecks];
        const registered = await client.dynamicClientRegistration(new URL(issuer), wish, client.TlsClientAuth(), {
          [client.customFetch]: fetchAs,
        });
        const { client_id: id } = registered.clientMetadata();
        const configOf = async (shown?: Identity) =>
          client.discovery(new URL(issuer), id, ALIASES, client.TlsClientAuth(), {
            [client.customFetch]: await as(shown),
            execute,
          });
        const config = await configOf(identity);
        const codeFor = async (pkceCodeVerifier: string) => {
          const expectedState = client.randomState();
          const url = client.buildAuthorizationUrl(config, {
            redirect_uri: RETURN,
            scope: IDENTITY,
            state: expectedState,
            code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
            code_challenge_method: 'S256',
          });
          return [await allowed(await browser(), url.href), { pkceCodeVerifier, expectedState }] as const;
        };
        const strangers = [await configOf(await other(method)), await configOf()];
        for (const stranger of strangers) {
          const refused = client.authorizationCodeGrant(stranger, ...(await codeFor(client.randomPKCECodeVerifier())));
          await expect(refused).rejects.toMatchObject({ status: 401, error: 'invalid_client' });
        }
        const first = await client.authorizationCodeGrant(config, ...(await codeFor(client.randomPKCECodeVerifier())));
        for (const stranger of strangers) {
          await expect(refreshed(stranger, first)).rejects.toMatchObject({ status: 401, error: 'invalid_client' });
        }
        const last = await refreshed(config, first);
        for (const held of [first, last]) {
          const seen = await client.tokenIntrospection(config, held.access_token);
          expect(seen).toMatchObject({ active: true, cnf: boundTo(identity) });
          expect(await told(config, held)).toMatchObject({ name: 'Alice Archer' });
          for (const stranger of strangers) await expect(told(stranger, held)).rejects.toMatchObject({ status: 401 });
        }
        await client.tokenRevocation(config, String(last.refresh_token));
        await expect(refreshed(config, last)).rejects.toMatchObject({ error: 'invalid_grant' });
      },
    );

    it.each(METHODS)('MB-01, MB-02, MB-03, MB-04 oauth4webapi by %s, at the aliases alone', async (method) => {
      const { identity, metadata } = parties[method];
      const visited: string[] = [];
      const optionsOf = async (shown?: Identity) => {
        const fetchAs = await as(shown);
        const customFetch: Fetch = (url, init) => {
          visited.push(url);
          return fetchAs(url, init);
        };
        return { [oauth.customFetch]: customFetch };
      };
      const options = await optionsOf(identity);
      const at = new URL(issuer);
      const found = await oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, options));
      const wish = { ...BOUND, ...metadata, token_endpoint_auth_method: method, grant_types: ['client_credentials'] };
      const sent = await oauth.dynamicClientRegistrationRequest(found, { ...wish, redirect_uris: [] }, options);
      const { client_id } = await oauth.processDynamicClientRegistrationResponse(sent);
      const who = { client_id, ...ALIASES };
      const form = new URLSearchParams({ scope: 'photos.read' });
      visited.length = 0;
      const ask = async (shown?: Identity) =>
        oauth.processClientCredentialsResponse(
          found,
          who,
          await oauth.clientCredentialsGrantRequest(found, who, oauth.TlsClientAuth(), form, await optionsOf(shown)),
        );
      const { access_token: token } = await ask(identity);
      expect(await cnfOf(token)).toEqual(boundTo(identity));
      for (const shown of [await other(method), undefined])
        await expect(ask(shown)).rejects.toMatchObject({ status: 401, error: 'invalid_client' });
      const seen = await oauth.introspectionRequest(found, who, oauth.TlsClientAuth(), token, options);
      expect(await oauth.processIntrospectionResponse(found, who, seen)).toMatchObject({ active: true, client_id });
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(found, who, oauth.TlsClientAuth(), token, options),
      );
      const { mtls_endpoint_aliases: aliases = {} } = found;
      const asked = ['token_endpoint', 'introspection_endpoint', 'revocation_endpoint'] as const;
      expect(new Set(visited)).toEqual(new Set(asked.map((name) => aliases[name])));
      expect(await cnfOf(token)).toBeUndefined();
    });

    it('MB-05 nobody gets in with a header of his own, at either address (attack class 187)', async () => {
      const { identity } = parties.tls_client_auth;
      const wish = { ...BOUND, ...parties.tls_client_auth.metadata, token_endpoint_auth_method: 'tls_client_auth' };
      const nobody = await as();
      const json = { 'content-type': 'application/json' };
      const body = JSON.stringify({ ...wish, grant_types: ['client_credentials'], redirect_uris: [] });
      const registered = await nobody(`${issuer}/register`, { method: 'POST', headers: json, body });
      const { client_id: id = '' } = (await registered.json()) as { client_id?: string };
      const values = [`:${identity.der.toString('base64')}:`, encodeURIComponent(identity.pem)];
      for (const port of Object.values(ground.ports))
        for (const value of values) {
          const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id });
          const headers = { [HEADER]: value, 'X-SSL-Client-Cert': value };
          const answer = await nobody(`https://127.0.0.1:${port}/t1/token`, { method: 'POST', headers, body: form });
          expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'invalid_client' }]);
        }
    });
  });
});
