import { setTimeout as wait } from 'node:timers/promises';

import { decodeJwt } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { basic } from '../support/http.js';
import { LogoutListener } from '../support/logout-listener.js';
import { FormBrowser } from '../support/form-browser.js';
import { allowed, givePassword, locationOf, PASSWORD } from '../support/person.js';
import { type Metadata, REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import type { Server } from '../support/server.js';
import { toldServer } from '../support/told-server.js';

const OTHER = 'https://client.example/other';
const OPEN = { mode: 'open', clients_per_network: 1_000, scopes: ['openid', 'offline_access'] };
const NEAR = { private_networks: ['127.0.0.0/8'] };

describeServer(
  'RFC 7592: how often a registration may be changed',
  { config: { registration: { ...OPEN, changes_per_client: 5, changes_per_network: 12 }, outbound: NEAR } },
  (server) => {
    const change = (who: Registered, from: string, changes: Metadata = {}) =>
      server().http.json(
        'PUT',
        `/register/${who.client_id}`,
        { client_id: who.client_id, redirect_uris: [REDIRECT], ...changes },
        { bearer: who.registration_access_token, from },
      );

    it('DC-05 attack class 211: of 12 changes of one client at once, from wherever, as many are made as are set', async () => {
      const { registered } = registrarOf(server());
      const [who, other] = [await registered(), await registered()];
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => change(who, `127.0.${n + 100}.1`)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([...Array<number>(5).fill(200), ...Array<number>(7).fill(429)]);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.json().error).toBe('temporarily_unavailable');
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
      expect((await change(other, '127.0.150.1')).status).toBe(200);
    });

    it('DC-04 attack class 211: nobody without the token uses the changes up, and reading is not counted', async () => {
      const { registered, manage } = registrarOf(server());
      const who = await registered();
      const stranger = { ...who, registration_access_token: 'x' };
      for (let count = 0; count < 7; count += 1) {
        expect((await change(stranger, '127.0.160.1')).status).toBe(401);
        expect((await manage('GET', who)).status).toBe(200);
      }
      expect((await change(who, '127.0.160.1')).status).toBe(200);
    });

    it('DC-05 attack class 211: a network makes no more changes than are set, whatever clients it has, refused ones included', async () => {
      const { registered } = registrarOf(server());
      const clients = await Promise.all(Array.from({ length: 5 }, () => registered()));
      const refused = { redirect_uris: ['javascript:alert(1)'] };
      const answers = await Promise.all(
        clients.flatMap((who) => [1, 2, 3, 4].map(() => change(who, '127.0.9.1', refused))),
      );
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(12);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(8);
    });
  },
);

/** A client that was registered as it is, and one that became so by a change (attack class 210). */
async function bothWays(server: Server, metadata: Metadata): Promise<readonly [Registered, Registered]> {
  const { registered, manage } = registrarOf(server);
  const [made, changed] = [await registered(metadata), await registered()];
  const body = { redirect_uris: [REDIRECT], ...metadata, client_id: changed.client_id };
  expect((await manage('PUT', changed, body)).status).toBe(200);
  return [made, changed];
}

describeServer(
  'attack class 210: what a client becomes by a change is as good as what it was registered as',
  { config: { registration: { ...OPEN, changes_per_client: 100, changes_per_network: 1_000 }, outbound: NEAR } },
  (server) => {
    beforeAll(async () => {
      await givePassword(server(), 'alice');
      await givePassword(server(), 'bob');
    });
    const url = ({ client_id }: Registered, changes: Record<string, string> = {}) => {
      const request = authorizationRequest({ client_id, redirect_uri: REDIRECT, scope: 'openid', ...changes });
      return `${server().issuer}/authorize?${new URLSearchParams(request).toString()}`;
    };
    const redeem = (who: Registered, back: URL, redirectUri = REDIRECT) =>
      server().http.form(
        '/token',
        {
          grant_type: 'authorization_code',
          code: back.searchParams.get('code') ?? '',
          redirect_uri: redirectUri,
          code_verifier: VERIFIER,
        },
        { headers: { authorization: basic(who.client_id, who.client_secret ?? '') } },
      );
    const authTime = async (who: Registered, back: URL) =>
      Number(decodeJwt(String((await redeem(who, back)).json().id_token))['auth_time']);

    it('DC-05 OC-03 attack classes 28, 210: a default_max_age demands a new sign-in of an older session', async () => {
      for (const who of await bothWays(server(), { default_max_age: 1 })) {
        const browser = new FormBrowser(server().issuer);
        const first = await authTime(who, await allowed(browser, url(who)));
        await wait(2_100);
        const page = await browser.open(url(who));
        expect(page.text).toContain('name="password"');
        const again = await browser.submit(page, { username: 'alice', password: PASSWORD });
        expect(await authTime(who, locationOf(again))).toBeGreaterThan(first);
      }
    });

    it('DC-05 attack classes 37, 210: of two clients in one browser each code is its own client’s, wherever answers go now', async () => {
      const [made, changed] = await bothWays(server(), { redirect_uris: [OTHER], client_name: 'Two tabs' });
      const browser = new FormBrowser(server().issuer);
      const request = { redirect_uri: OTHER };
      const pages = [await browser.open(url(made, request)), await browser.open(url(changed, request))];
      const typed = { username: 'alice', password: PASSWORD };
      const consents = [];
      for (const page of pages) consents.push(await browser.submit(page, typed));
      // Answered in the other order.
      const [late, early] = [consents[1], consents[0]];
      if (!late || !early) throw new Error('there are two pages');
      const ofChanged = locationOf(await browser.submit(late, { decision: 'allow' }));
      const ofMade = locationOf(await browser.submit(early, { decision: 'allow' }));
      for (const [who, back] of [
        [made, ofChanged],
        [changed, ofMade],
      ] as const) {
        const stolen = await redeem(who, back, OTHER);
        expect([stolen.status, stolen.json().error]).toEqual([400, 'invalid_grant']);
      }
      for (const [who, back] of [
        [made, ofMade],
        [changed, ofChanged],
      ] as const)
        expect(decodeJwt(String((await redeem(who, back, OTHER)).json().id_token)).aud).toBe(who.client_id);
    });

    it('DC-07 attack classes 203, 210: a logout address is told once, no redirect is followed, and one inside is none', async () => {
      const listener = await LogoutListener.open();
      try {
        const addresses = ['/made', '/changed'];
        const { registered, manage } = registrarOf(server());
        const made = await registered({ backchannel_logout_uri: `${listener.origin}/made` });
        const changed = await registered({ backchannel_logout_uri: `${listener.origin}/never` });
        const body = { client_id: changed.client_id, redirect_uris: [REDIRECT] };
        const moved = { ...body, backchannel_logout_uri: `${listener.origin}/changed` };
        expect((await manage('PUT', changed, moved)).status).toBe(200);
        for (const path of addresses) listener.plan(path, 302, 200);
        const browser = new FormBrowser(server().issuer);
        const tokens = await redeem(made, await allowed(browser, url(made), 'bob'));
        await allowed(browser, url(changed), 'bob');
        await browser.open(`${server().issuer}/sign-out?id_token_hint=${String(tokens.json().id_token)}`);
        for (const path of addresses) expect(await listener.wait(path, 2)).toHaveLength(2);
        expect([...listener.at('/redirected'), ...listener.at('/never')]).toEqual([]);
        for (const inside of ['http://10.0.0.1/x', 'https://169.254.169.254/x', 'https://[::1]/x']) {
          const [posted, put] = await registrarOf(server()).bothWays({
            redirect_uris: [REDIRECT],
            backchannel_logout_uri: inside,
          });
          expect([posted.status, put.status]).toEqual([400, 400]);
        }
      } finally {
        listener.close();
      }
    });

    it('DC-07 attack classes 200, 210: a change calls no address again that has vouched for it, and never that of the keys', async () => {
      const [sector, keys] = [await toldServer(), await toldServer()];
      try {
        const { registered, manage } = registrarOf(server());
        const wish = {
          redirect_uris: [REDIRECT, OTHER],
          sector_identifier_uri: `${sector.address}/sector.json`,
          jwks_uri: `${keys.address}/jwks`,
          token_endpoint_auth_method: 'private_key_jwt',
        };
        sector.say(JSON.stringify([REDIRECT, OTHER]));
        const who = await registered(wish);
        expect([sector.visits(), keys.visits()]).toEqual([1, 0]);
        const replaced = (changes: Metadata) => manage('PUT', who, { ...wish, client_id: who.client_id, ...changes });
        for (const same of [{}, { client_name: 'New name' }, { redirect_uris: [OTHER] }])
          expect((await replaced(same)).status).toBe(200);
        expect([sector.visits(), keys.visits()]).toEqual([1, 0]);
        // What it did not vouch for yet is asked: OTHER alone is registered now.
        expect((await replaced({})).status).toBe(200);
        expect((await replaced({ redirect_uris: ['https://evil.example/cb'] })).json().error).toBe(
          'invalid_client_metadata',
        );
        expect((await replaced({ sector_identifier_uri: `${sector.address}/2.json` })).status).toBe(200);
        expect([sector.visits(), keys.visits()]).toEqual([4, 0]);
      } finally {
        sector.server.close();
        keys.server.close();
      }
    });
  },
);
