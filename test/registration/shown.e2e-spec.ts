import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { toldServer } from '../support/told-server.js';

const LOGO = 'https://tracker.example/logo.png';
const MARKUP = '"><img src=x onerror=alert(1)><b>Shop</b> ${1} {{1}}';

describeServer(
  'what clients that registered themselves show, and are shown',
  {
    config: {
      registration: { mode: 'open', clients_per_network: 100, changes_per_client: 100 },
      outbound: { private_networks: ['127.0.0.0/8'] },
    },
  },
  (server) => {
    beforeAll(() => givePassword(server(), 'alice'));
    /** The pages that she sees until she is asked. */
    const pagesOf = async ({ client_id }: Registered) => {
      const alice = new FormBrowser(server().issuer);
      const request = authorizationRequest({ client_id, redirect_uri: REDIRECT, scope: 'openid' });
      const url = `${server().issuer}/authorize?${new URLSearchParams(request).toString()}`;
      const signIn = await alice.open(url);
      return [signIn, await alice.submit(signIn, { username: 'alice', password: PASSWORD })];
    };

    it('DC-07 attack class 212: a name is text and no more, nothing of the client is loaded, and nobody vouches for it', async () => {
      const { registered, manage } = registrarOf(server());
      const metadata = { client_name: MARKUP, logo_uri: LOGO, client_uri: 'https://tracker.example/' };
      const [made, changed] = [await registered(metadata), await registered()];
      const body = { client_id: changed.client_id, redirect_uris: [REDIRECT], ...metadata };
      expect((await manage('PUT', changed, body)).status).toBe(200);
      for (const who of [made, changed])
        for (const page of await pagesOf(who)) {
          expect(page.status).toBe(200);
          expect(page.text).toContain('&lt;b&gt;Shop&lt;/b&gt;');
          expect(page.text).not.toMatch(/<img|<b>|onerror=alert\(1\)>/);
          expect(page.text).not.toContain('tracker.example');
          expect(page.text).not.toContain('tag ok');
          expect(page.headers.get('content-security-policy')).toContain("img-src 'self' data:");
        }
    });

    it('attack class 212: a client with the name of a known one is told apart by where its answers go', async () => {
      const [, consent] = await pagesOf(await registrarOf(server()).registered({ client_name: 'Print shop' }));
      expect(consent?.text).toContain('client.example');
      expect(consent?.text).not.toContain('Shops Ltd');
    });

    it('attack class 207: more keys than a request may hold are refused before they are read, and nothing is registered', async () => {
      const keys = Array.from({ length: 20 }, (_, kid) => ({ kty: 'RSA', kid, e: 'AQAB', n: 'A'.repeat(4_000) }));
      const { register, registered, manage } = registrarOf(server());
      const who = await registered();
      const metadata = { redirect_uris: [REDIRECT], jwks: { keys } };
      expect((await register(metadata)).status).toBe(413);
      expect((await manage('PUT', who, { ...metadata, client_id: who.client_id })).status).toBe(413);
      expect((await manage('GET', who)).json()).not.toHaveProperty('jwks');
    });

    it('DC-07 OC-04 attack class 213: a document that leads elsewhere, or round in circles, vouches for nothing', async () => {
      const [sector, elsewhere] = [await toldServer(), await toldServer()];
      try {
        const { bothWays } = registrarOf(server());
        const uri = `${sector.address}/sector.json`;
        elsewhere.say(JSON.stringify([REDIRECT]));
        for (const location of [uri, `${elsewhere.address}/sector.json`]) {
          sector.lead(location);
          for (const answer of await bothWays({ redirect_uris: [REDIRECT], sector_identifier_uri: uri }))
            expect([answer.status, answer.json().error]).toEqual([400, 'invalid_client_metadata']);
        }
        expect([sector.visits(), elsewhere.visits()]).toEqual([4, 0]);
      } finally {
        sector.server.close();
        elsewhere.server.close();
      }
    });

    it('DC-01 attack class 214: a secret is shown once, is nobody else’s, and never expires unless it says so', async () => {
      const { register, manage } = registrarOf(server());
      const answers = await Promise.all(Array.from({ length: 5 }, () => register({ redirect_uris: [REDIRECT] })));
      const made = answers.map((answer) => answer.json<Registered & { client_secret_expires_at: number }>());
      expect(new Set(made.map(({ client_secret: secret }) => secret)).size).toBe(5);
      for (const who of made) {
        expect(who.client_secret_expires_at).toBe(0);
        const change = { client_id: who.client_id, redirect_uris: [REDIRECT] };
        for (const answer of [await manage('GET', who), await manage('PUT', who, change)]) {
          expect(answer.status).toBe(200);
          expect(answer.json()).not.toHaveProperty('client_secret');
          expect(answer.headers['cache-control']).toBe('no-store');
        }
      }
    });
  },
);
