import { decodeJwt } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { LogoutListener } from '../support/logout-listener.js';
import { allowed, givePassword } from '../support/person.js';
import { type Metadata, REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { toldServer } from '../support/told-server.js';

const EVIL = 'https://evil.example/callback';

describeServer(
  'OpenID Connect Core §8.1: whose name for a person clients learn that registered themselves',
  {
    config: {
      registration: { mode: 'open', clients_per_network: 100, changes_per_client: 100 },
      outbound: { private_networks: ['127.0.0.0/8'] },
    },
  },
  (server) => {
    let told: string;
    beforeAll(async () => {
      await givePassword(server(), 'alice');
      // What the honest client of the host knows alice by.
      told = String(decodeJwt((await given(await registrarOf(server()).registered())).idToken).sub);
    });
    const url = ({ client_id }: Registered, redirect_uri: string) => {
      const request = authorizationRequest({ client_id, redirect_uri, scope: 'openid' });
      return `${server().issuer}/authorize?${new URLSearchParams(request).toString()}`;
    };
    /** What the client is given that gets answers at the address. */
    const given = async (who: Registered, redirect_uri = REDIRECT, browser = new FormBrowser(server().issuer)) => {
      const code = (await allowed(browser, url(who, redirect_uri))).searchParams.get('code') ?? '';
      const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: VERIFIER };
      const headers = { authorization: basic(who.client_id, who.client_secret ?? '') };
      const answer = (await server().http.form('/token', form, { headers })).json();
      return { idToken: String(answer.id_token), accessToken: String(answer.access_token) };
    };
    const change = (who: Registered, metadata: Metadata) =>
      registrarOf(server()).manage('PUT', who, { redirect_uris: [REDIRECT], ...metadata, client_id: who.client_id });

    it('OC-04 another client of the same host, and of that alone, learns the same name', async () => {
      const who = await registrarOf(server()).registered();
      expect(decodeJwt((await given(who)).idToken).sub).toBe(told);
      expect((await change(who, { client_name: 'Same host' })).status).toBe(200);
      expect(decodeJwt((await given(who)).idToken).sub).toBe(told);
    });

    it('OC-04 OC-08 attack classes 210, 213: a logout elsewhere, from the beginning or by a change, tells no name of the host', async () => {
      const listener = await LogoutListener.open();
      try {
        const { registered } = registrarOf(server());
        const address = (path: string) => ({ backchannel_logout_uri: `${listener.origin}${path}` });
        const [made, changed] = [await registered(address('/made')), await registered()];
        expect((await change(changed, address('/changed'))).status).toBe(200);
        const alice = new FormBrowser(server().issuer);
        await given(made, REDIRECT, alice);
        const { idToken } = await given(changed, REDIRECT, alice);
        await alice.open(`${server().issuer}/sign-out?id_token_hint=${idToken}`);
        for (const path of ['/made', '/changed']) {
          const [heard] = await listener.wait(path);
          const { sub } = decodeJwt(heard?.token ?? '');
          expect(typeof sub).toBe('string');
          expect(sub).not.toBe(told);
        }
      } finally {
        listener.close();
      }
    });

    it('OC-04 attack classes 210, 213: a token from before a change tells no name of the host that came with it', async () => {
      const sector = await toldServer();
      sector.say(JSON.stringify([REDIRECT]));
      try {
        const who = await registrarOf(server()).registered({ redirect_uris: [EVIL] });
        const { accessToken } = await given(who, EVIL);
        const document = { sector_identifier_uri: `${sector.address}/sector.json` };
        const refused = await change(who, document);
        expect([refused.status, refused.json().error]).toEqual([400, 'invalid_client_metadata']);
        expect((await change(who, {})).status).toBe(200);
        const information = await server().http.get('/userinfo', { bearer: accessToken });
        expect(information.status).toBe(200);
        expect(typeof information.json().sub).toBe('string');
        expect(information.json().sub).not.toBe(told);
      } finally {
        sector.server.close();
      }
    });

    it('OC-04 attack classes 210, 213: a document lists the logout address, and is asked for one that comes by a change', async () => {
      const sector = await toldServer();
      const wish = { redirect_uris: [REDIRECT], sector_identifier_uri: `${sector.address}/sector.json` };
      const listening = { ...wish, backchannel_logout_uri: 'https://logout.example/heard' };
      try {
        sector.say(JSON.stringify([REDIRECT]));
        const who = await registrarOf(server()).registered(wish);
        for (const refused of [await registrarOf(server()).register(listening), await change(who, listening)])
          expect([refused.status, refused.json().error]).toEqual([400, 'invalid_client_metadata']);
        sector.say(JSON.stringify([REDIRECT, listening.backchannel_logout_uri]));
        expect((await change(who, listening)).status).toBe(200);
        const visits = sector.visits();
        for (const known of [listening, wish]) expect((await change(who, known)).status).toBe(200);
        expect(sector.visits()).toBe(visits);
      } finally {
        sector.server.close();
      }
    });
  },
);
