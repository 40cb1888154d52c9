import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { assertionForm, clientAssertion, clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic, type Form, formPairs } from '../support/http.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { allowed, givePassword, locationOf, PASSWORD } from '../support/person.js';
import { type Metadata, REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { DEVICE_CODE, PHOTOS, UMA_TICKET } from '../support/world.js';
import { ALICES_CONNECTIONS, aliceOf } from '../uma-grant/photo-sharing.js';

const OTHER = 'https://client.example/other';
const SCOPES = ['openid', 'offline_access', 'photos.read'];
const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_CODE];
const WHOLE = { redirect_uris: [REDIRECT, OTHER], grant_types: GRANTS, scope: SCOPES.join(' ') };
const OPEN = {
  registration: {
    mode: 'open',
    scopes: [...SCOPES, 'profile', 'view'],
    audiences: [PHOTOS],
    clients_per_network: 1_000,
    changes_per_client: 100,
  },
};

async function key(): Promise<{ privateKey: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' } };
}

/** A client and all that can be under way for it. */
class Busy {
  private readonly alice: FormBrowser;

  private constructor(
    private readonly server: Server,
    readonly who: Registered,
  ) {
    this.alice = new FormBrowser(server.issuer);
  }

  static async begin(server: Server, metadata: Metadata = {}): Promise<Busy> {
    return new Busy(server, await registrarOf(server).registered({ ...WHOLE, ...metadata }));
  }

  post(path: string, form: Form): Promise<Answer> {
    const { client_id: id, client_secret: secret = '' } = this.who;
    return this.server.http.form(path, form, { headers: { authorization: basic(id, secret) } });
  }

  async change(metadata: Metadata): Promise<Answer> {
    const answer = await registrarOf(this.server).manage('PUT', this.who, {
      ...WHOLE,
      client_id: this.who.client_id,
      ...metadata,
    });
    expect([answer.status, answer.json().error]).toEqual([200, undefined]);
    return answer;
  }

  private request(): Record<string, string> {
    return authorizationRequest({ client_id: this.who.client_id, redirect_uri: OTHER, scope: SCOPES.join(' ') });
  }

  private url(parameters: Record<string, string>): string {
    return `${this.server.issuer}/authorize?${new URLSearchParams(parameters).toString()}`;
  }

  /** The page that asks her, for whoever decides later. */
  async asked(): Promise<() => Promise<Shown>> {
    const { alice } = this;
    let page = await alice.open(this.url({ ...this.request(), prompt: 'consent' }));
    if (page.text.includes('name="password"'))
      page = await alice.submit(page, { username: 'alice', password: PASSWORD });
    return () => alice.submit(page, { decision: 'allow' });
  }

  async pushed(): Promise<() => Promise<Shown>> {
    const uri = textMember(await this.post('/par', this.request()), 201, 'request_uri');
    const url = this.url({ client_id: this.who.client_id, request_uri: uri });
    return () => new FormBrowser(this.server.issuer).open(url);
  }

  async code(): Promise<Record<string, string>> {
    const back = await allowed(this.alice, this.url(this.request()));
    const code = back.searchParams.get('code') ?? '';
    return { grant_type: 'authorization_code', code, redirect_uri: OTHER, code_verifier: VERIFIER };
  }

  async tokens(): Promise<{ access: string; refresh: Record<string, string> }> {
    const answer = await this.post('/token', await this.code());
    const refresh = { grant_type: 'refresh_token', refresh_token: textMember(answer, 200, 'refresh_token') };
    return { access: textMember(answer, 200, 'access_token'), refresh };
  }

  /** The page that asks her about a device, for whoever allows it later. @returns what the device redeems, too */
  async askedByDevice() {
    const begun = (await this.post('/device_authorization', { scope: SCOPES.join(' ') })).json<
      Record<string, string>
    >();
    const page = await this.alice.open(begun['verification_uri_complete'] ?? '');
    const form = { grant_type: DEVICE_CODE, device_code: begun['device_code'] ?? '' };
    return { form, allow: () => this.alice.submit(page, { decision: 'allow' }) };
  }

  /** A device that she has allowed. */
  async device(): Promise<Record<string, string>> {
    const { form, allow } = await this.askedByDevice();
    await allow();
    return form;
  }

  async outcome(form: Form): Promise<unknown[]> {
    const answer = await this.post('/token', form);
    return [answer.status, answer.json().error ?? answer.json().scope];
  }

  async isActive(token: string): Promise<unknown> {
    return (await clientOf(this.server, 'photo-service').introspect(token)).json().active;
  }
}

/** Nobody is sent anywhere, not by a link either. */
function expectNowhere(shown: Shown): void {
  expect([shown.status, shown.left]).toEqual([400, undefined]);
  expect(shown.text).not.toContain('client.example');
}

describeServer(
  'RFC 7592: what a client had under way when something was taken from it',
  { config: OPEN, connections: ALICES_CONNECTIONS },
  (server) => {
    beforeAll(async () => {
      for (const name of ['alice', 'carol']) await givePassword(server(), name);
    });
    const busy = (metadata?: Metadata) => Busy.begin(server(), metadata);

    it('DC-06 attack classes 50, 209: with the client its codes, tokens, pushed requests, pages and devices end', async () => {
      const one = await busy();
      const { access, refresh } = await one.tokens();
      const [decide, open, code, device] = [
        await one.asked(),
        await one.pushed(),
        await one.code(),
        await one.device(),
      ];
      expect(await one.isActive(access)).toBe(true);
      expect((await registrarOf(server()).manage('DELETE', one.who)).status).toBe(204);
      expectNowhere(await decide());
      expectNowhere(await open());
      for (const form of [code, refresh, device]) expect(await one.outcome(form)).toEqual([401, 'invalid_client']);
      expect(await one.isActive(access)).toBe(false);
      expect((await server().http.get('/userinfo', { bearer: access })).status).toBe(401);
    });

    it('DC-05 attack classes 1, 210: an address that is taken away gets no answer and redeems no code any more', async () => {
      const one = await busy();
      const [decide, open, code] = [await one.asked(), await one.pushed(), await one.code()];
      await one.change({ redirect_uris: [REDIRECT] });
      expectNowhere(await decide());
      expectNowhere(await open());
      expect(await one.outcome(code)).toEqual([400, 'invalid_grant']);
    });

    it('DC-05 attack class 210: a grant type that is taken away is worth nothing, whatever was begun with it', async () => {
      const one = await busy();
      const { refresh } = await one.tokens();
      const [decide, open, code, device] = [
        await one.asked(),
        await one.pushed(),
        await one.code(),
        await one.device(),
      ];
      await one.change({ grant_types: ['client_credentials'] });
      expect(locationOf(await decide()).searchParams.get('error')).toBe('unauthorized_client');
      expect((await open()).text).toContain('error=unauthorized_client');
      for (const form of [code, refresh, device]) expect(await one.outcome(form)).toEqual([400, 'unauthorized_client']);
      await one.change({ grant_types: GRANTS.filter((grant) => grant !== 'client_credentials') });
      expect(await one.outcome({ grant_type: 'client_credentials' })).toEqual([400, 'unauthorized_client']);
    });

    it('DC-05 CO-08 attack classes 50, 210: a scope that is taken away is gone from requests, codes, devices and tokens', async () => {
      const one = await busy();
      const { access, refresh } = await one.tokens();
      const [decide, open, code, device] = [
        await one.asked(),
        await one.pushed(),
        await one.code(),
        await one.device(),
      ];
      await one.change({ scope: 'openid offline_access' });
      expect(locationOf(await decide()).searchParams.get('error')).toBe('invalid_scope');
      expect((await open()).text).toContain('error=invalid_scope');
      for (const form of [code, device, refresh])
        expect(await one.outcome(form)).toEqual([200, 'openid offline_access']);
      expect(await one.isActive(access)).toBe(false);
    });

    it('DC-05 DV-03 attack classes 50, 210: what is taken away while she looks at a device’s page is not allowed to it', async () => {
      const one = await busy();
      await one.tokens();
      const { form, allow } = await one.askedByDevice();
      await one.change({ scope: 'openid offline_access' });
      expectNowhere(await allow());
      expect(await one.outcome(form)).toEqual([400, 'authorization_pending']);
    });

    it('DC-05 attack classes 50, 210: without offline_access no refresh is left, and where no scope is left no code is good', async () => {
      const one = await busy();
      const { refresh } = await one.tokens();
      const codes = [await one.code(), await one.code()];
      await one.change({ scope: 'openid photos.read' });
      expect(await one.outcome(refresh)).toEqual([400, 'invalid_grant']);
      expect(await one.outcome(codes[0] ?? {})).toEqual([200, 'openid photos.read']);
      await one.change({ scope: 'profile' });
      expect(await one.outcome(codes[1] ?? {})).toEqual([400, 'invalid_grant']);
    });

    const claims = 'https://client.example/claims';
    const withoutUma = {
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code'],
      claims_redirect_uris: [claims],
    };
    it.each([
      ['an address for claims', { grant_types: [UMA_TICKET], redirect_uris: [] }],
      ['the grant type for claims', withoutUma],
    ])('DC-05 UG-20 attack classes 1, 210: %s that is taken away gets nobody back', async (_what, left) => {
      const uma = { grant_types: [UMA_TICKET], redirect_uris: [], scope: 'view' };
      const one = await busy({ ...uma, claims_redirect_uris: [claims] });
      const ticket = await (await aliceOf(server()).album()).ticket('view');
      const query = new URLSearchParams({ client_id: one.who.client_id, ticket }).toString();
      const carol = new FormBrowser(server().issuer);
      const signIn = await carol.open(`${server().issuer}/uma/claims?${query}`);
      const page = await carol.submit(signIn, { username: 'carol', password: PASSWORD });
      expect(page.text).toContain('value="send"');
      await one.change({ ...left, scope: 'view' });
      expectNowhere(await carol.submit(page, { decision: 'send' }));
    });

    it('DC-05 attack class 210: a secret ends with its method, and with it the refresh tokens that rested on it', async () => {
      const one = await busy({ grant_types: ['authorization_code', 'refresh_token'] });
      const { refresh } = await one.tokens();
      await one.change({ grant_types: ['authorization_code', 'refresh_token'], token_endpoint_auth_method: 'none' });
      const withoutSecret = { ...refresh, client_id: one.who.client_id };
      const answer = await server().http.form('/token', withoutSecret);
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_grant']);
      expect(await one.outcome(refresh)).toEqual([401, 'invalid_client']);
    });

    it('DC-05 attack classes 209, 210: a key that is replaced, or that gives way to a secret, authenticates no more', async () => {
      const [first, second] = [await key(), await key()];
      const withKey = (jwk: JWK) => ({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } });
      const one = await busy(withKey(first.jwk));
      const by = async ({ privateKey }: { privateKey: CryptoKey }) => {
        const credentials = { clientId: one.who.client_id, method: 'private_key_jwt', key: privateKey } as const;
        const proof = assertionForm(await clientAssertion(credentials, server().issuer));
        const form = [...formPairs({ grant_type: 'client_credentials', scope: 'photos.read' }), ...formPairs(proof)];
        return (await server().http.form('/token', form)).status;
      };
      expect(await by(first)).toBe(200);
      await one.change(withKey(second.jwk));
      expect([await by(first), await by(second)]).toEqual([401, 200]);
      const secret = textMember(await one.change({}), 200, 'client_secret');
      expect([await by(first), await by(second)]).toEqual([401, 401]);
      const authorization = basic(one.who.client_id, secret);
      const answer = await server().http.form(
        '/token',
        { grant_type: 'client_credentials' },
        { headers: { authorization } },
      );
      expect(answer.status).toBe(200);
    });
  },
);
