import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { allowed, givePassword, locationOf, PASSWORD } from '../support/person.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { CALLBACK, UMA_TICKET } from '../support/world.js';

const EVIL = 'https://evil.example';
const OPEN = { mode: 'open', clients_per_network: 1_000, scopes: ['openid', 'email', 'offline_access'] };

/** A page that names the address and leads there by nothing but a link or a button. */
function expectPage(shown: Shown, host = 'client.example'): void {
  expect([shown.status, shown.left, shown.headers.get('refresh')]).toEqual([200, undefined, null]);
  expect(shown.text).toContain(host);
  expect(shown.text).not.toContain('<script');
  expect(shown.headers.get('content-security-policy')).not.toContain('script-src');
  expect(shown.headers.get('referrer-policy')).toBe('no-referrer');
}

const wayOn = ({ text }: Shown) =>
  new URL((/class="button" href="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&'));

describeServer(
  'RFC 9700 §4.11.2: nobody is sent unasked to clients that anybody may have registered',
  { config: { registration: OPEN } },
  (server) => {
    beforeAll(async () => {
      for (const name of ['alice', 'bob']) await givePassword(server(), name);
    });
    const registered = (metadata = {}, bearer?: string) => registrarOf(server()).registered(metadata, bearer);
    const query = ({ client_id }: Pick<Registered, 'client_id'>, changes: Record<string, string | undefined> = {}) =>
      new URLSearchParams(authorizationRequest({ client_id, redirect_uri: REDIRECT, scope: 'openid', ...changes }));
    const url = (who: Pick<Registered, 'client_id'>, changes?: Record<string, string | undefined>) =>
      `${server().issuer}/authorize?${query(who, changes).toString()}`;
    const open = (address: string) => new FormBrowser(server().issuer).open(address);

    it.each<[string, Record<string, string | undefined>, string]>([
      ['a foreign scope', { scope: 'photos.read' }, 'invalid_scope'],
      ['no challenge', { code_challenge: undefined }, 'invalid_request'],
      ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
      ['a prompt that contradicts itself', { prompt: 'none login' }, 'invalid_request'],
      ['a request object that is none', { request: 'x' }, 'invalid_request_object'],
    ])('OC-02 CO-14 attack class 221: %s ends on a page that asks first', async (_title, changes, error) => {
      const who = await registered({ client_name: 'Your bank' });
      const page = await open(url(who, changes));
      expectPage(page);
      expect(page.text).toContain('Your bank');
      const { search, hash } = wayOn(page);
      expect(new URLSearchParams(search || hash.slice(1)).get('error')).toBe(error);
    });

    it('CO-14 attack class 221: so do answers by form: it is not sent by itself', async () => {
      const who = await registered();
      const page = await open(url(who, { scope: 'photos.read', response_mode: 'form_post' }));
      expectPage(page);
      expect(page.text).toContain(`action="${REDIRECT}"`);
      const fragment = await open(url(who, { scope: 'photos.read', response_mode: 'fragment.jwt' }));
      expectPage(fragment);
      expect(wayOn(fragment).hash).toMatch(/^#response=/);
    });

    it.each<[string, Record<string, string | undefined>, string]>([
      ['nobody is signed in', {}, 'login_required'],
      ['the answer is in the fragment', { response_mode: 'fragment' }, 'login_required'],
      ['she would have to sign in anew', { max_age: '0' }, 'login_required'],
    ])('OC-02 attack class 4, RFC 9700 §4.11.2: prompt=none shows no page where %s', async (_title, changes, error) => {
      const { left } = await open(url(await registered(), { prompt: 'none', ...changes }));
      expect(`${left?.origin}${left?.pathname}`).toBe(REDIRECT);
      expect(new URLSearchParams(left?.search || left?.hash.slice(1)).get('error')).toBe(error);
    });

    it.each<[string, Record<string, string | undefined>, string]>([
      ['a foreign scope', { scope: 'photos.read' }, 'invalid_scope'],
      ['a foreign resource', { resource: 'https://foreign.example' }, 'invalid_target'],
      ['no challenge', { code_challenge: undefined }, 'invalid_request'],
      ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
      ['a response mode that is none', { response_mode: 'x' }, 'invalid_request'],
      ['a request object that is none', { request: 'x' }, 'invalid_request_object'],
      ['a request_uri of somebody', { request_uri: `${EVIL}/x` }, 'request_uri_not_supported'],
      ['more than anybody can reach', { acr_values: 'urn:valetkey:acr:3' }, 'unmet_authentication_requirements'],
    ])('OC-02 CO-14 attack class 221: with prompt=none %s ends on that page, too', async (_title, changes, error) => {
      const page = await open(url(await registered(), { prompt: 'none', ...changes }));
      expectPage(page);
      const { search, hash } = wayOn(page);
      expect(new URLSearchParams(search || hash.slice(1)).get('error')).toBe(error);
    });

    it('OC-02 CO-14 attack class 221: so does a bad request that was pushed, or comes by form, with prompt=none', async () => {
      const who = await registered({ scope: 'openid email' });
      const page = await open(url(who, { prompt: 'none', scope: 'photos.read', response_mode: 'form_post' }));
      expectPage(page);
      expect(page.text).toContain(`action="${REDIRECT}"`);
      const authorization = basic(who.client_id, who.client_secret ?? '');
      const claims = JSON.stringify({ id_token: { email: null } });
      const form = Object.fromEntries(query(who, { prompt: 'none', claims }));
      const pushed = (await server().http.form('/par', form, { headers: { authorization } })).json();
      const change = { client_id: who.client_id, redirect_uris: [REDIRECT], scope: 'openid' };
      expect((await registrarOf(server()).manage('PUT', who, change)).status).toBe(200);
      const asked = new URLSearchParams({ client_id: who.client_id, request_uri: String(pushed.request_uri) });
      const late = await open(`${server().issuer}/authorize?${asked.toString()}`);
      expectPage(late);
      expect(wayOn(late).searchParams.get('error')).toBe('invalid_scope');
    });

    it('OC-02 prompt=none with an answer by form goes by itself, and pushed as any other', async () => {
      const who = await registered();
      const posted = await open(url(who, { prompt: 'none', response_mode: 'form_post' }));
      expect(posted.text).toContain(`action="${REDIRECT}"`);
      expect(posted.headers.get('content-security-policy')).toContain('script-src');
      const authorization = basic(who.client_id, who.client_secret ?? '');
      const form = Object.fromEntries(query(who, { prompt: 'none' }));
      const pushed = (await server().http.form('/par', form, { headers: { authorization } })).json();
      const asked = new URLSearchParams({ client_id: who.client_id, request_uri: String(pushed.request_uri) });
      const back = locationOf(await open(`${server().issuer}/authorize?${asked.toString()}`));
      expect(back.searchParams.get('error')).toBe('login_required');
    });

    it('CO-02 attack class 1: prompt=none sends nobody to an address that is not registered', async () => {
      const shown = await open(url(await registered(), { prompt: 'none', redirect_uri: `${EVIL}/callback` }));
      expect([shown.status, shown.left]).toEqual([400, undefined]);
    });

    it('OC-02 CO-14 attack class 221: a session with other applications is no reason to go there either', async () => {
      const [who, known] = [await registered(), await registered()];
      const alice = new FormBrowser(server().issuer);
      expect((await allowed(alice, url(known))).searchParams.has('code')).toBe(true);
      const silent = locationOf(await alice.open(url(who, { prompt: 'none' })));
      expect(silent.searchParams.get('error')).toBe('consent_required');
      const page = await alice.open(url(who, { scope: 'photos.read' }));
      expectPage(page);
      expect(wayOn(page).searchParams.get('error')).toBe('invalid_scope');
      const tooMuch = await alice.open(url(who, { acr_values: 'urn:valetkey:acr:3' }));
      expectPage(tooMuch);
      expect(wayOn(tooMuch).searchParams.get('error')).toBe('unmet_authentication_requirements');
    });

    it('OC-02 whoever allowed it something is sent back silently, with a code and with an error', async () => {
      const who = await registered();
      const bob = new FormBrowser(server().issuer);
      const answerOf = async (changes = {}) => locationOf(await bob.open(url(who, changes))).searchParams;
      expect((await allowed(bob, url(who), 'bob')).searchParams.has('code')).toBe(true);
      expect((await answerOf({ prompt: 'none' })).has('code')).toBe(true);
      expect((await answerOf({ prompt: 'none', max_age: '0' })).get('error')).toBe('login_required');
      expect((await answerOf({ scope: 'photos.read' })).get('error')).toBe('invalid_scope');
    });

    it('CO-14 whoever turned back, or said no, goes back to the application', async () => {
      const who = await registered();
      const alice = new FormBrowser(server().issuer);
      const cancelled = await alice.submit(await alice.open(url(who)), { decision: 'cancel' });
      expect(locationOf(cancelled).searchParams.get('error')).toBe('access_denied');
      const signIn = { username: 'alice', password: PASSWORD };
      const consent = await alice.submit(await alice.open(url(who)), signIn);
      const denied = await alice.submit(consent, { decision: 'deny' });
      expect(locationOf(denied).searchParams.get('error')).toBe('access_denied');
    });

    it('CO-14 DC-04 an initial access token vouches for its client, and goes on to after a change', async () => {
      const token = (await server().runCommand(['registration-token'])).stdout.trim();
      const who = await registered({}, token);
      const wrong = { response_type: 'x' };
      const sent = async () => locationOf(await open(url(who, wrong))).searchParams.get('error');
      expect(await sent()).toBe('unsupported_response_type');
      const change = { client_id: who.client_id, redirect_uris: [REDIRECT], client_name: 'New name' };
      expect((await registrarOf(server()).manage('PUT', who, change)).status).toBe(200);
      expect(await sent()).toBe('unsupported_response_type');
      const ofOperator = url({ client_id: 'print-shop' }, { ...wrong, redirect_uri: CALLBACK });
      expect(locationOf(await open(ofOperator)).searchParams.get('error')).toBe('unsupported_response_type');
    });

    it('CO-14 attack class 221: nor does signing out lead there unasked, with or without a hint of one’s own', async () => {
      const bye = `${EVIL}/bye`;
      const who = await registered({ redirect_uris: [REDIRECT], post_logout_redirect_uris: [bye] });
      const mallory = new FormBrowser(server().issuer);
      const code = (await allowed(mallory, url(who), 'bob')).searchParams.get('code') ?? '';
      const tokens = await server().http.form(
        '/token',
        { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER },
        { headers: { authorization: basic(who.client_id, who.client_secret ?? '') } },
      );
      const hint = String(tokens.json().id_token);
      for (const [name, value] of [
        ['client_id', who.client_id],
        ['id_token_hint', hint],
      ] as const) {
        const parameters = new URLSearchParams({ [name]: value, post_logout_redirect_uri: bye, state: 's' }).toString();
        const page = await open(`${server().issuer}/sign-out?${parameters}`);
        expectPage(page, 'evil.example');
        expect(wayOn(page).href).toBe(`${bye}?state=s`);
      }
      const own = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: bye }).toString();
      expect(locationOf(await mallory.open(`${server().issuer}/sign-out?${own}`)).href).toBe(bye);
    });

    it('CO-14 attack class 221: nor does a ticket that is none lead to an address for claims', async () => {
      const claims = `${EVIL}/claims`;
      const who = await registered({ claims_redirect_uris: [claims], grant_types: [UMA_TICKET], redirect_uris: [] });
      const parameters = new URLSearchParams({ client_id: who.client_id, ticket: 'x', claims_redirect_uri: claims });
      const page = await open(`${server().issuer}/uma/claims?${parameters.toString()}`);
      expectPage(page, 'evil.example');
      expect(wayOn(page).searchParams.get('error')).toBe('invalid_request');
    });
  },
);
