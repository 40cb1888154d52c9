import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { type Http, httpFor } from '../support/http.js';
import { keysWithSuccessors } from '../support/published-keys.js';
import { protectionApi, textMember } from '../support/uma.js';
import { OTHERS, PHOTOS, UMA_TICKET } from '../support/world.js';

type Metadata = Record<string, unknown>;

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** What a proxy, or an attacker who pretends to be one, may say about where a request went. */
const POISON: readonly Record<string, string>[] = [
  { host: 'evil.example' },
  { host: 'evil.example:443', 'x-forwarded-proto': 'https' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
  { 'x-forwarded-prefix': '/evil', 'x-forwarded-path': '/evil', 'x-script-name': '/evil' },
  { forwarded: 'for=192.0.2.1;host=evil.example;proto=https' },
  { 'x-original-host': 'evil.example', 'x-original-url': '/evil', 'x-rewrite-url': '/evil', 'x-host': 'evil.example' },
  { origin: 'https://evil.example', referer: 'https://evil.example/' },
];

describe.each(['', '/t1'])('discovery with the issuer path "%s"', (issuerPath) => {
  describeServer('RFC 8414, OpenID Connect Discovery, UMA', { issuerPath }, (server) => {
    const origin = (): Http => httpFor(`http://127.0.0.1:${server().port}`);
    const addresses = [
      `/.well-known/oauth-authorization-server${issuerPath}`,
      `${issuerPath}/.well-known/openid-configuration`,
      `${issuerPath}/.well-known/uma2-configuration`,
    ];
    const metadata = async () => (await origin().get(addresses[0] ?? '')).json<Metadata>();

    it('UG-01, UG-02, IR-63 serves one document at all three addresses', async () => {
      const answers = await Promise.all(addresses.map((address) => origin().get(address)));
      for (const answer of answers) {
        expect(answer.status).toBe(200);
        expect(answer.headers['content-type']).toMatch(/^application\/json/);
        expect(answer.text).toBe(answers[0]?.text);
      }
    });

    it('UG-01, IR-60 names exactly the configured issuer', async () => {
      expect((await metadata()).issuer).toBe(`http://127.0.0.1:${server().port}${issuerPath}`);
    });

    it('UF-01 has the endpoints of the protection API, and every address below the issuer', async () => {
      const document = await metadata();
      expect(document).toMatchObject({
        resource_registration_endpoint: `${server().issuer}/uma/resources/`,
        permission_endpoint: `${server().issuer}/uma/permission`,
        introspection_endpoint: `${server().issuer}/introspect`,
      });
      const uris = Object.entries(document).filter(([name]) => /_(endpoint|uri)$|documentation$/.test(name));
      expect(uris.length).toBeGreaterThanOrEqual(7);
      for (const [, uri] of uris) expect(String(uri).startsWith(`${server().issuer}/`)).toBe(true);
    });

    it('UG-04, OC-06, IR-66 says what the server can do, from what is registered', async () => {
      expect(await metadata()).toMatchObject({
        grant_types_supported: expect.arrayContaining(['client_credentials', 'refresh_token', UMA_TICKET]) as unknown,
        subject_types_supported: ['pairwise', 'public'],
        id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']) as unknown,
        authorization_response_iss_parameter_supported: true,
        token_types_supported: ['Bearer', 'DPoP'],
        protected_resources: [
          OTHERS,
          PHOTOS,
          ...['/me', '/grants', '/uma', '/introspect', '/userinfo'].map((path) => `${server().issuer}${path}`),
        ],
        scopes_supported: expect.arrayContaining(['uma_protection', 'photos.read', 'others.read']) as unknown,
      });
    });

    it('IR-61, IR-62 has no empty member and no algorithm none', async () => {
      for (const [name, value] of Object.entries(await metadata())) {
        expect([null, undefined, '']).not.toContain(value);
        if (Array.isArray(value)) expect([name, value.length]).not.toEqual([name, 0]);
        if (name.includes('_alg')) expect(value).not.toContain('none');
      }
    });

    it('RFC 9864 §2.2: signatures of others, and those of this server, may say Ed25519 or EdDSA', async () => {
      const document = await metadata();
      for (const name of [
        'token_endpoint_auth',
        'introspection_endpoint_auth',
        'revocation_endpoint_auth',
        'dpop',
        'request_object',
        'id_token',
        'userinfo',
        'introspection',
        'authorization',
      ])
        expect(document[`${name}_signing_alg_values_supported`]).toEqual(expect.arrayContaining(['EdDSA', 'Ed25519']));
    });

    it('IS-02, RA-06, PA-07 says what clients can ask of people', async () => {
      const document = await metadata();
      expect(document).toMatchObject({
        response_types_supported: ['code'],
        response_modes_supported: [
          'query',
          'fragment',
          'form_post',
          'query.jwt',
          'fragment.jwt',
          'form_post.jwt',
          'jwt',
        ],
        code_challenge_methods_supported: ['S256'],
        pushed_authorization_request_endpoint: `${server().issuer}/par`,
        require_pushed_authorization_requests: false,
        request_parameter_supported: true,
        request_uri_parameter_supported: false,
        grant_management_actions_supported: ['query', 'revoke', 'create', 'merge', 'replace'],
        grant_management_endpoint: `${server().issuer}/grants`,
        grant_management_action_required: false,
      });
      expect(document).not.toHaveProperty('authorization_details_types_supported');
    });

    it('OC-09 names neither front-channel logout nor session management, and has no address for them', async () => {
      const document = await metadata();
      const names = Object.keys(document).filter((name) => /frontchannel|check_session/.test(name));
      expect(names).toEqual([]);
      for (const path of ['/check_session', '/session/check', '/frontchannel_logout'])
        expect([path, (await server().http.get(path)).status]).toEqual([path, 404]);
      // The page that a client would frame is not framed at all.
      const signOut = await server().http.get('/sign-out');
      expect(signOut.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    });

    it('has a page at its root and at the issuer, without script and of this server alone, that shows where it is and where to read on', async () => {
      const { issuer } = server();
      for (const path of new Set(['/', issuerPath || '/'])) {
        const page = await origin().get(path);
        expect([path, page.status, page.headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
        expect(page.headers['content-security-policy']).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
        expect(page.text).not.toMatch(/<script|\son\w+=|<img|<form/i);
        expect(page.text).toContain(`<span class="value">${new URL(issuer).host}</span`);
        const all = [...page.text.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
        // The icon is in the page; the style sheet, like all that is linked, is ours.
        const links = all.filter((link) => !link.startsWith('data:')).map((link) => new URL(link, issuer).href);
        expect(links.filter((link) => new URL(link).origin !== new URL(issuer).origin)).toEqual([]);
        expect(links).toEqual(expect.arrayContaining(addresses.map((address) => new URL(address, issuer).href)));
        expect(links).toContain(`${issuer}/docs`);
        // The account begins with a sign-in.
        const leadsOn = [`${issuer}/account`, 303];
        for (const link of links) {
          const { status } = await fetch(link, { redirect: 'manual' });
          expect([link, status]).toEqual(link === leadsOn[0] ? leadsOn : [link, 200]);
        }
        for (const method of ['POST', 'PUT', 'DELETE']) {
          const refused = await origin().send({ method, path });
          expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD']);
        }
      }
    });

    it('UG-01 is not changed by any header (attack class 191)', async () => {
      await keysWithSuccessors(server());
      const plain = await Promise.all([...addresses, `${issuerPath}/jwks`].map((address) => origin().get(address)));
      for (const headers of POISON) {
        const poisoned = await Promise.all(
          [...addresses, `${issuerPath}/jwks`].map((address) => origin().get(address, { headers })),
        );
        expect(poisoned.map((answer) => answer.text)).toEqual(plain.map((answer) => answer.text));
        for (const answer of poisoned) expect(JSON.stringify(answer.headers)).not.toContain('evil');
      }
    });

    it('no header changes an address in another answer: Location, policy page, challenge', async () => {
      const granted = await clientOf(server(), 'photo-service').clientCredentials({ scope: 'uma_protection' });
      const bearer = textMember(granted, 200, 'access_token');
      for (const headers of POISON) {
        const description = { resource_scopes: ['view'] };
        const answer = await server().http.json('POST', '/uma/resources/', description, { headers, bearer });
        expect(answer.headers.location?.startsWith(`${server().issuer}/uma/resources/`)).toBe(true);
        expect(`${answer.text}${JSON.stringify(answer.headers)}`).not.toContain('evil');
        const refused = await server().http.get('/uma/resources/', { headers });
        expect(`${refused.text}${JSON.stringify(refused.headers)}`).not.toContain('evil');
      }
      const id = await protectionApi(server(), bearer).register({ resource_scopes: ['view'] });
      expect((await protectionApi(server(), bearer).read(id)).status).toBe(200);
    });

    it('answers other spellings of the addresses with 404 (attack class 191)', async () => {
      const spelled = [
        ...addresses.map((address) => `${address}/`),
        ...addresses.map((address) => address.toUpperCase()),
        `/.well-known/oauth-authorization-server${issuerPath}x`,
        ...(issuerPath === ''
          ? ['/.well-known/oauth-authorization-server/t1', '/t1/.well-known/uma2-configuration', '/t1/jwks']
          : [
              '/.well-known/oauth-authorization-server',
              '/.well-known/openid-configuration',
              '/.well-known/uma2-configuration',
              '/jwks',
            ]),
      ];
      for (const path of spelled) expect((await origin().get(path)).status).toBe(404);
    });

    it('OC-06 publishes public signing keys only, two for each algorithm, each with a kid (attack class 193)', async () => {
      const { keys } = await keysWithSuccessors(server());
      expect(keys.map((key) => key.alg ?? key.crv).sort()).toEqual([
        ...['ES256', 'ES256'],
        // Under either name of its signatures.
        ...['Ed25519', 'Ed25519'],
        ...['RS256', 'RS256'],
      ]);
      expect(new Set(keys.map((key) => key.kid)).size).toBe(keys.length);
      for (const key of keys) {
        expect(key).toMatchObject({ use: 'sig', kid: expect.stringMatching(/^[\w-]{43}$/) as string });
        expect(key.kty).not.toBe('oct');
        for (const member of PRIVATE_MEMBERS) expect(key).not.toHaveProperty(member);
      }
    });

    it('lets scripts of any origin read public documents, without credentials', async () => {
      for (const address of [...addresses, `${issuerPath}/jwks`]) {
        const { headers } = await origin().get(address);
        expect(headers['access-control-allow-origin']).toBe('*');
        expect(headers['cache-control']).toMatch(/max-age=\d+/);
        expect(headers).not.toHaveProperty('set-cookie');
      }
    });
  });
});
