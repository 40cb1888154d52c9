import { setTimeout as wait } from 'node:timers/promises';

import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { clientOf } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import type { Answer, Form } from '../support/http.js';
import { textMember } from '../support/uma.js';
import { DEVICE_CODE, PHOTOS, PASSWORD } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const ALICE = { username: 'alice', password: PASSWORD };
const ALL = 'openid photos.read offline_access';
const outcome = (answer: Answer) => [answer.status, answer.json().error ?? 'granted'];

/** In the network that requests of the tests come from that are not from here. */
class NeighbourBrowser extends FormBrowser {
  protected readonly path: string = '203.0.113.5';

  protected override fetch(url: string, init: { method: string; headers: Record<string, string> }) {
    return super.fetch(url, { ...init, headers: { ...init.headers, 'x-forwarded-for': this.path } });
  }
}

/** In a network that has a proxy which is not configured, not behind it. */
class LanBrowser extends NeighbourBrowser {
  protected override readonly path: string = '192.0.2.5';
}

/** Behind that proxy. */
class HiddenBrowser extends NeighbourBrowser {
  protected override readonly path = '198.51.100.20, 192.0.2.6';
}

describeServer(
  'RFC 8628: devices',
  {
    issuerPath: '/t1',
    config: { authorization: { device_poll_interval: '2s' }, http: { trusted_proxies: ['127.0.0.1'] } },
  },
  (server) => {
    const ask = async (form: Form = { scope: ALL }) => {
      const answer = await clientOf(server(), 'public-app').post('/device_authorization', form);
      return {
        deviceCode: textMember(answer, 200, 'device_code'),
        userCode: textMember(answer, 200, 'user_code'),
        link: textMember(answer, 200, 'verification_uri_complete'),
      };
    };
    const poll = (deviceCode: string, form: Readonly<Record<string, string>> = {}) =>
      clientOf(server(), 'public-app').token({ grant_type: DEVICE_CODE, device_code: deviceCode, ...form });
    /** A person brings a code to a browser and signs in, if she is not. @returns the page that asks her */
    const bring = async (userCode: string, browser = new FormBrowser(server().issuer)): Promise<Shown> => {
      const page = await browser.submit(await browser.open(`${server().issuer}/device`), { user_code: userCode });
      return page.text.includes('name="password"') ? browser.submit(page, ALICE) : page;
    };
    const decide = async (userCode: string, decision: 'allow' | 'deny') => {
      const browser = new FormBrowser(server().issuer);
      return browser.submit(await bring(userCode, browser), { decision });
    };

    it('DV-01, DV-04 openid-client: a person allows, the device has tokens and knows who she is', async () => {
      const config = await client.discovery(new URL(server().issuer), 'public-app', undefined, client.None(), {
        execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
      });
      const begun = await client.initiateDeviceAuthorization(config, { scope: ALL, resource: PHOTOS });
      expect(begun).toMatchObject({ interval: 2, expires_in: 600, verification_uri: `${server().issuer}/device` });
      const polling = client.pollDeviceAuthorizationGrant(config, begun);
      const shown = await decide(begun.user_code.toLowerCase().replace('-', ' '), 'allow');
      expect([shown.status, shown.text.includes('Your device is connected')]).toEqual([200, true]);
      const tokens = await polling;
      expect(tokens.claims()).toMatchObject({ acr: 'urn:valetkey:acr:1', amr: ['pwd'] });
      expect(tokens.scope).toBe(ALL);
      const seen = await clientOf(server(), 'photo-service').introspect(tokens.access_token);
      expect(seen.json()).toMatchObject({ active: true, aud: PHOTOS, iss: server().issuer });
      const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
      expect(next.claims()?.sub).toBe(tokens.claims()?.sub);
    });

    it('DV-01 oauth4webapi asks, polls and is told what it has to wait for', async () => {
      const issuer = new URL(server().issuer);
      const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
      const shop = { client_id: 'print-shop' };
      const secret = oauth.ClientSecretBasic(server().world.clients['print-shop'].secret ?? '');
      const answer = await oauth.deviceAuthorizationRequest(as, shop, secret, { scope: 'openid' }, INSECURE);
      const begun = await oauth.processDeviceAuthorizationResponse(as, shop, answer);
      const redeem = async () =>
        oauth.processDeviceCodeResponse(
          as,
          shop,
          await oauth.deviceCodeGrantRequest(as, shop, secret, begun.device_code, INSECURE),
        );
      await expect(redeem()).rejects.toMatchObject({ error: 'authorization_pending' });
      await decide(begun.user_code, 'allow');
      expect(oauth.getValidatedIdTokenClaims(await redeem())?.aud).toBe('print-shop');
    });

    it('DV-03 the page names the client, shows the code to compare, warns and puts Cancel first', async () => {
      const { userCode } = await ask();
      const page = await bring(userCode);
      for (const text of ['Public app', userCode, 'Only go on if you started this yourself']) {
        expect(page.text).toContain(text);
      }
      expect(page.text.indexOf('value="deny"')).toBeLessThan(page.text.indexOf('value="allow"'));
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    });

    it('A7 DV-03 a complete link leads past the entry page: A7 itself says that support sends no codes', async () => {
      const browser = new FormBrowser(server().issuer);
      const { link, userCode } = await ask();
      const page = await browser.submit(await browser.open(link), ALICE);
      expect(page.text).toContain(userCode);
      expect(page.text).toContain('Nobody from support will ever send you a code.');
    });

    /** @param path - the addresses that it came by, the last one from a proxy that is configured */
    const askFrom = async (path: string) => {
      const headers = { 'x-forwarded-for': path };
      const form = { client_id: 'public-app', scope: ALL };
      return textMember(await server().http.form('/device_authorization', form, { headers }), 200, 'user_code');
    };

    it('A7 DV-03 where everybody has one address, nobody is told to be in the network of the request', async () => {
      const [same, help] = ['the network that you are in', 'somebody else may be trying to use your account'];
      const { issuer } = server();
      const cases = [
        [(await ask()).userCode, new FormBrowser(issuer), [false, true, true]],
        [await askFrom('192.0.2.77'), new LanBrowser(issuer), [true, false, false]],
        [await askFrom('198.51.100.9, 192.0.2.6'), new HiddenBrowser(issuer), [false, true, true]],
        [await askFrom('198.51.100.9, 192.0.2.6'), new LanBrowser(issuer), [false, true, true]],
        [await askFrom('192.0.2.77'), new HiddenBrowser(issuer), [false, true, true]],
      ] as const;
      for (const [code, browser, expected] of cases) {
        const { text } = await bring(code, browser);
        expect([text.includes(same), text.includes('Unknown place'), text.includes(help)]).toEqual(expected);
        expect(text).toContain('value="allow"');
      }
      const warned = server()
        .log()
        .split('\n')
        .filter((line) => line.includes('says that it was forwarded'));
      expect(warned).toHaveLength(1);
      expect(JSON.parse(warned[0] ?? '')).toMatchObject({ setting: 'http.trusted_proxies', address: '192.0.2.6' });
    });

    it('A7 DV-03 a request from another network is warned of, with both places in words; one from here is not', async () => {
      const warning = 'The request came from another network than yours.';
      const page = (await bring(await askFrom('203.0.113.77'))).text;
      expect(page).toContain(warning);
      expect(page).toMatch(/a network on the internet, with addresses like <bdi>203\.0\.113\.…<\/bdi>/);
      expect(page).toContain('the machine that this service runs on');
      expect(page).toContain('You have not signed in from there lately.');
      expect(page).not.toContain('203.0.113.77');
      const visitor = new NeighbourBrowser(server().issuer);
      expect((await bring(await askFrom('203.0.113.77'), visitor)).text).not.toContain(warning);
      expect((await bring(await askFrom('203.0.113.77'))).text).toContain('You have signed in from there before.');
    });

    it('A7 whoever is not meant signs in instead, and is asked the same', async () => {
      const { userCode } = await ask();
      const browser = new FormBrowser(server().issuer);
      const signIn = await browser.notYou(await bring(userCode, browser));
      expect([browser.cookie('vk_session'), signIn.text.includes('name="password"')]).toEqual([undefined, true]);
      const page = await browser.submit(signIn, ALICE);
      expect([page.text.includes(userCode), page.text.includes('value="allow"')]).toEqual([true, true]);
    });

    it('DV-03 neither a complete link nor an earlier consent leaves the question out', async () => {
      const browser = new FormBrowser(server().issuer);
      const first = await ask();
      await browser.submit(await bring(first.userCode, browser), { decision: 'allow' });
      expect((await poll(first.deviceCode)).status).toBe(200);
      const second = await ask();
      const page = await browser.open(second.link);
      expect([page.text.includes(second.userCode), page.text.includes('value="allow"')]).toEqual([true, true]);
      expect(outcome(await poll(second.deviceCode))).toEqual([400, 'authorization_pending']);
    });

    it('DV-03 a picture or frame of another site looks no code up and counts no try', async () => {
      const { userCode } = await ask();
      const looked = async (code: string, dest: string) => {
        const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': dest };
        const answer = await server().http.get(`/device?user_code=${code}`, { headers });
        return answer.status;
      };
      for (const dest of ['image', 'iframe', 'empty', 'script', 'document']) {
        expect(await looked(userCode, dest)).toBe(200);
        expect(await looked('BBBB-BBBB', dest)).toBe(200);
      }
    });

    it('DV-02 authorization_pending, slow_down with 5 s more for good, access_denied', async () => {
      const { deviceCode, userCode } = await ask();
      expect(outcome(await poll(deviceCode))).toEqual([400, 'authorization_pending']);
      expect(outcome(await poll(deviceCode))).toEqual([400, 'slow_down']);
      await wait(2_100);
      // The two seconds of the beginning are seven by now, and then twelve.
      expect(outcome(await poll(deviceCode))).toEqual([400, 'slow_down']);
      const shown = await decide(userCode, 'deny');
      expect(shown.text).toContain('The device was not connected');
      expect(outcome(await poll(deviceCode))).toEqual([400, 'access_denied']);
      expect(outcome(await poll(deviceCode))).toEqual([400, 'access_denied']);
    });

    it('DV-02 of many requests at once one is in time', async () => {
      const { deviceCode } = await ask();
      const answers = await Promise.all(Array.from({ length: 8 }, () => poll(deviceCode)));
      expect(answers.filter((answer) => answer.json().error === 'authorization_pending')).toHaveLength(1);
      expect(answers.filter((answer) => answer.json().error === 'slow_down')).toHaveLength(7);
    });

    it('DV-04 an allowed code gives tokens once, however many ask at once', async () => {
      const { deviceCode, userCode } = await ask();
      await decide(userCode, 'allow');
      const answers = await Promise.all(Array.from({ length: 12 }, () => poll(deviceCode)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter((answer) => answer.json().error === 'invalid_grant')).toHaveLength(11);
    });

    it('DV-04 a code is its own client’s, who alone can use, slow down or end it', async () => {
      const { deviceCode, userCode } = await ask();
      await decide(userCode, 'allow');
      const stolen = { grant_type: DEVICE_CODE, device_code: deviceCode };
      expect(outcome(await clientOf(server(), 'print-shop').token(stolen))).toEqual([400, 'invalid_grant']);
      expect(outcome(await clientOf(server(), 'login-app').token(stolen))).toEqual([400, 'unauthorized_client']);
      expect((await poll(deviceCode)).status).toBe(200);
    });

    it('DV-04 of two people who decide at once one decides', async () => {
      const { deviceCode, userCode } = await ask();
      const [one, other] = [new FormBrowser(server().issuer), new FormBrowser(server().issuer)];
      const pages = [await bring(userCode, one), await bring(userCode, other)] as const;
      const shown = await Promise.all([
        one.submit(pages[0], { decision: 'allow' }),
        other.submit(pages[1], { decision: 'deny' }),
      ]);
      expect(shown.map(({ status }) => status).sort()).toEqual([200, 400]);
      const expected = shown[0].status === 200 ? 'granted' : 'access_denied';
      expect((await poll(deviceCode)).json().error ?? 'granted').toBe(expected);
    });

    it('DV-03 a code that was decided is unknown, like one that never was (attack class 55)', async () => {
      const { userCode } = await ask();
      await decide(userCode, 'deny');
      const browser = new FormBrowser(server().issuer);
      const page = await browser.open(`${server().issuer}/device`);
      const [over, wrong] = [
        await browser.submit(page, { user_code: userCode }),
        await browser.submit(page, { user_code: 'BBBB-BBBB' }),
      ];
      expect([over.status, wrong.status]).toEqual([400, 400]);
      expect(over.text.replace(userCode, 'BBBB-BBBB')).toBe(wrong.text);
    });

    it('attack class 215: the form for the code and the decision are of pages in this browser', async () => {
      const { userCode, deviceCode } = await ask();
      const foreign = await server().http.form('/device', { user_code: userCode });
      expect(foreign.status).toBe(403);
      const [alice, mallory] = [new FormBrowser(server().issuer), new FormBrowser(server().issuer)];
      const page = await bring(userCode, alice);
      await bring(userCode, mallory);
      expect((await mallory.submit(page, { decision: 'allow' })).status).toBe(400);
      const forged = { ...page, text: page.text.replace(/name="csrf" value="./, '$&x') };
      expect((await alice.submit(forged, { decision: 'allow' })).status).toBe(403);
      expect(outcome(await poll(deviceCode))).toEqual([400, 'authorization_pending']);
    });

    it('attack class 38: a value of another kind is no device code', async () => {
      const granted = await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' });
      for (const value of ['x', textMember(granted, 200, 'access_token'), (await ask()).userCode]) {
        expect(outcome(await poll(value))).toEqual([400, 'invalid_grant']);
      }
      const { deviceCode } = await ask();
      const asCode = { grant_type: 'authorization_code', code: deviceCode, redirect_uri: 'com.example.app:/callback' };
      expect(outcome(await clientOf(server(), 'public-app').token({ ...asCode, code_verifier: 'x' }))).toEqual([
        400,
        'invalid_grant',
      ]);
    });

    it('RI-01, RI-02 resource and scope are those that were asked for, and no others', async () => {
      expect(
        outcome(await clientOf(server(), 'public-app').post('/device_authorization', { scope: 'photos.write' })),
      ).toEqual([400, 'invalid_scope']);
      const unknown = { scope: 'openid', resource: 'https://others.example' };
      expect(outcome(await clientOf(server(), 'public-app').post('/device_authorization', unknown))).toEqual([
        400,
        'invalid_target',
      ]);
      expect(outcome(await clientOf(server(), 'login-app').post('/device_authorization', { scope: 'openid' }))).toEqual(
        [400, 'unauthorized_client'],
      );
      const { deviceCode, userCode } = await ask({ scope: 'photos.read', resource: PHOTOS });
      await decide(userCode, 'allow');
      expect(outcome(await poll(deviceCode, { resource: 'https://others.example' }))).toEqual([400, 'invalid_target']);
      const tokens = await poll(deviceCode, { resource: PHOTOS });
      expect(tokens.json()).toMatchObject({ scope: 'photos.read', token_type: 'Bearer' });
      expect(tokens.json()).not.toHaveProperty('id_token');
      expect(tokens.json()).not.toHaveProperty('refresh_token');
    });

    it('DP-05, DP-07 a device with a key: the code, the token and the refresh token are bound to it', async () => {
      const [holder, thief] = [await keyHolder(server()), await keyHolder(server())];
      const send = async (path: string, form: Record<string, string>, by = holder) =>
        server().http.form(
          path,
          { client_id: 'public-app', ...form },
          { headers: { dpop: await by.proof('POST', path) } },
        );
      const begun = await send('/device_authorization', { scope: ALL });
      const deviceCode = textMember(begun, 200, 'device_code');
      await decide(textMember(begun, 200, 'user_code'), 'allow');
      const redeem = { grant_type: DEVICE_CODE, device_code: deviceCode };
      expect(outcome(await poll(deviceCode))).toEqual([400, 'invalid_grant']);
      expect(outcome(await send('/token', redeem, thief))).toEqual([400, 'invalid_grant']);
      const tokens = await send('/token', redeem);
      expect(tokens.json()).toMatchObject({ token_type: 'DPoP' });
      const refresh = { grant_type: 'refresh_token', refresh_token: textMember(tokens, 200, 'refresh_token') };
      expect(outcome(await send('/token', refresh, thief))).toEqual([400, 'invalid_grant']);
      expect((await send('/token', refresh)).status).toBe(200);
    });

    it('DV-03, attack class 212: the device is shown as it calls itself, in one line, without markup or turning signs', async () => {
      const { userCode } = await ask({ scope: ALL, device_name: `Kitchen\n\u202e<script>TV ${'x'.repeat(80)}` });
      const { text } = await bring(userCode);
      expect(text).toMatch(/Device, as it calls itself[\s\S]{0,200}Kitchen &lt;script&gt;TV x{1,50}</);
      expect(text).not.toMatch(/<script>TV|\u202e/);
    });

    it('attack class 212: names of devices and clients cannot make markup', async () => {
      const shown = await new FormBrowser(server().issuer).open(
        `${server().issuer}/device?user_code=${encodeURIComponent('"><script>alert(1)</script>')}`,
      );
      expect(shown.status).toBe(400);
      expect(shown.text).not.toContain('<script');
    });

    it('attack class 57: guessing codes meets a wait, which also holds for complete links', async () => {
      const browser = new FormBrowser(server().issuer);
      const page = await browser.open(`${server().issuer}/device`);
      const statuses: number[] = [];
      for (let guess = 0; guess < 14; guess += 1) {
        statuses.push((await browser.submit(page, { user_code: 'BBBB-BBBC' })).status);
      }
      expect(statuses).toContain(400);
      expect(statuses.at(-1)).toBe(429);
      const { link } = await ask();
      const shown = await browser.open(link);
      expect([shown.status, shown.text.includes('too many tries')]).toEqual([429, true]);
    });
  },
);

describeServer(
  'RFC 8628 §3.5: devices that wait too long',
  { config: { authorization: { device_code_lifetime: '1s' } } },
  (server) => {
    it('DV-02 are told expired_token, and their codes are unknown', async () => {
      const answer = await clientOf(server(), 'public-app').post('/device_authorization', { scope: 'photos.read' });
      const deviceCode = textMember(answer, 200, 'device_code');
      await wait(1_100);
      const polled = await clientOf(server(), 'public-app').token({
        grant_type: DEVICE_CODE,
        device_code: deviceCode,
      });
      expect(outcome(polled)).toEqual([400, 'expired_token']);
      const shown = await new FormBrowser(server().issuer).open(textMember(answer, 200, 'verification_uri_complete'));
      expect([shown.status, shown.text.includes('no longer valid')]).toEqual([400, true]);
    });
  },
);
