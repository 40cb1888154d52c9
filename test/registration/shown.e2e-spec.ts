import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE } from '../support/world.js';
import { toldServer } from '../support/told-server.js';

const UNCHECKED = 'Nobody here has checked who is behind it.';
const LOGO = 'https://tracker.example/logo.png';
const PAGES = { tos_uri: 'https://terms.example/t?a=1&b=2', policy_uri: 'https://bank.example:8443/p' };
const MARKUP = '"><img src=x onerror=alert(1)><b>Shop</b> ${1} {{1}}';

describeServer(
  'what clients that registered themselves show, and are shown',
  {
    config: {
      registration: { mode: 'open', clients_per_network: 100, changes_per_client: 100 },
      outbound: { private_networks: ['127.0.0.0/8'] },
    },
    clients: [
      {
        client_id: 'with-pages',
        name: 'Shop with pages',
        type: 'public',
        grant_types: ['authorization_code'],
        redirect_uris: [CALLBACK],
        scopes: ['openid'],
        ...PAGES,
      },
    ],
  },
  (server) => {
    beforeAll(() => givePassword(server(), 'alice'));
    /** The pages that she sees until she is asked. */
    const pagesOf = async ({ client_id }: Pick<Registered, 'client_id'>, redirect_uri = REDIRECT) => {
      const alice = new FormBrowser(server().issuer);
      const request = authorizationRequest({ client_id, redirect_uri, scope: 'openid' });
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
      for (const who of [made, changed]) {
        const pages = await pagesOf(who);
        expect(pages.at(-1)?.text).toContain(UNCHECKED);
        for (const page of pages) {
          expect(page.status).toBe(200);
          expect(page.text).toContain('&lt;b&gt;Shop&lt;/b&gt;');
          expect(page.text).not.toMatch(/<img|<b>|onerror=alert\(1\)>/);
          expect(page.text).not.toContain('tracker.example');
          expect(page.text).not.toContain('tag ok');
          expect(page.headers.get('content-security-policy')).toContain("img-src 'self' data:");
        }
      }
    });

    it('attack classes 212, 238: whom the operator has set up is marked as checked, and nobody else', async () => {
      const [, ofOperator] = await pagesOf({ client_id: 'print-shop' }, CALLBACK);
      expect(ofOperator?.text).toContain('<span class="tag ok">Verified</span>');
      expect(ofOperator?.text).not.toContain(UNCHECKED);
      const token = (await server().runCommand(['registration-token'])).stdout.trim();
      const [, invited] = await pagesOf(await registrarOf(server()).registered({ client_name: 'Print shop' }, token));
      expect(invited?.text).toContain('Print shop');
      expect(invited?.text).not.toContain('tag ok');
    });

    it('DC-07 attack classes 212, 238: pages of who is vouched for are links that tell their host, nobody else has any', async () => {
      const token = (await server().runCommand(['registration-token'])).stdout.trim();
      const [, stranger] = await pagesOf(await registrarOf(server()).registered(PAGES));
      expect(stranger?.text).not.toMatch(/terms\.example|bank\.example/);
      const invited = await registrarOf(server()).registered({ client_name: MARKUP, ...PAGES }, token);
      for (const [, consent] of [await pagesOf(invited), await pagesOf({ client_id: 'with-pages' }, CALLBACK)]) {
        const links = consent?.text.matchAll(/<a class="link" ([^>]*)>[^]*?<\/a>\s*<span[^>]*><bdi>([^<]*)</g) ?? [];
        expect([...links].map(([, attributes, host]) => [attributes, host])).toEqual([
          ['href="https://terms.example/t?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"', 'terms.example'],
          ['href="https://bank.example:8443/p" target="_blank" rel="noopener noreferrer"', 'bank.example:8443'],
        ]);
      }
    });

    it('DV-04 attack classes 212, 238: on the page of a device, too', async () => {
      const metadata = { client_name: 'Corner printer', grant_types: [DEVICE_CODE], redirect_uris: [] };
      const who = await registrarOf(server()).registered(metadata);
      const headers = { authorization: basic(who.client_id, who.client_secret ?? '') };
      const begun = await server().http.form('/device_authorization', { scope: 'openid' }, { headers });
      const alice = new FormBrowser(server().issuer);
      const code = { user_code: textMember(begun, 200, 'user_code') };
      const signIn = await alice.submit(await alice.open(`${server().issuer}/device`), code);
      const { text } = await alice.submit(signIn, { username: 'alice', password: PASSWORD });
      expect(text).toContain('value="allow"');
      expect(text).toContain(UNCHECKED);
      expect(text).not.toContain('tag ok');
    });

    it('attack classes 6, 238: an address of an own scheme is told by its scheme, before she decides and before she leaves', async () => {
      const address = 'com.example.shop:/callback';
      const who = await registrarOf(server()).registered({ redirect_uris: [address], client_name: 'Corner printer' });
      const [, consent] = await pagesOf(who, address);
      const request = authorizationRequest({ client_id: who.client_id, redirect_uri: address, scope: 'x' });
      const url = `${server().issuer}/authorize?${new URLSearchParams(request).toString()}`;
      for (const page of [consent, await new FormBrowser(server().issuer).open(url)])
        expect(page?.text).toContain('begins like this: <bdi>com.example.shop:</bdi>');
    });

    it('attack class 212: a client whose name looks like that of a known one is told apart by where its answers go', async () => {
      const [, consent] = await pagesOf(await registrarOf(server()).registered({ client_name: 'Print sh0p' }));
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
        const { bothWays, registered } = registrarOf(server());
        const uri = `${sector.address}/sector.json`;
        const more = [REDIRECT, 'https://client.example/more'];
        for (const one of [sector, elsewhere]) one.say(JSON.stringify([REDIRECT]));
        const who = await registered({ sector_identifier_uri: uri });
        elsewhere.say(JSON.stringify(more));
        for (const location of [uri, `${elsewhere.address}/sector.json`]) {
          sector.lead(location);
          for (const answer of await bothWays({ redirect_uris: more, sector_identifier_uri: uri }, undefined, who))
            expect([answer.status, answer.json().error]).toEqual([400, 'invalid_client_metadata']);
        }
        expect([sector.visits(), elsewhere.visits()]).toEqual([5, 0]);
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
