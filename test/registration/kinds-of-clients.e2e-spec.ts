import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { decodeJwt } from 'jose';

import { OPEN, RETURN, signingKey } from '../support/application.js';
import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { issue } from '../support/certificates.js';
import { clientOf, pushed } from '../support/client.js';
import { describeEngines } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { LogoutListener } from '../support/logout-listener.js';
import { allowed, givePassword, PASSWORD } from '../support/person.js';
import { type Metadata, type Registered, registrarOf } from '../support/registrar.js';
import { type Server, startServer } from '../support/server.js';
import { ownerApi, protectionApi, textMember } from '../support/uma.js';
import { CAROL, type Credentials, DEVICE_CODE, OTHERS, PHOTOS, UMA_TICKET } from '../support/world.js';

const APP = 'https://app.example';
/** A resource server may have any absolute URI for its name (RFC 8707 section 2). */
const SHELVES = 'urn:example:shelves';
const SHELF_SERVER = {
  client_id: 'shelf-service',
  name: 'Shelf service',
  type: 'confidential',
  secret: { env: 'SHELF_SECRET' },
  grant_types: ['client_credentials', 'refresh_token'],
  scopes: ['uma_protection'],
};
const CONNECTIONS = [
  { account: 'alice', client: 'shelf-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const SHELF_SECRET = 'shelf-secret-shelf-secret-shelf-secret';
const BY_SECRET = { token_endpoint_auth_method: 'client_secret_post' };

describeEngines('RFC 7591: whatever kind of client comes', (engine) => {
  let [server, listener, folder]: [Server, LogoutListener, string] = [undefined as never, undefined as never, ''];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-authorities-'));
    const authority = await issue({ subject: 'CN=Authority', isAuthority: true });
    await writeFile(join(folder, 'ca.pem'), authority.pem);
    listener = await LogoutListener.open();
    server = await startServer({
      engine,
      clients: [SHELF_SERVER],
      connections: CONNECTIONS,
      env: { SHELF_SECRET },
      config: {
        ...OPEN,
        registration: {
          ...OPEN.registration,
          scopes: [...OPEN.registration.scopes, 'shelves.read'],
          audiences: [...OPEN.registration.audiences, SHELVES],
        },
        http: { trusted_proxies: ['127.0.0.9/32'] },
        tls: { client_certificate_header: 'Client-Cert', client_certificate_authorities: join(folder, 'ca.pem') },
        resource_servers: [
          {
            client_id: 'photo-service',
            resource: PHOTOS,
            name: 'Photo service',
            scopes: ['photos.read', 'photos.write'],
          },
          { client_id: 'other-service', resource: OTHERS, name: 'Other service', scopes: ['others.read'] },
          { client_id: 'shelf-service', resource: SHELVES, name: 'Shelf service', scopes: ['shelves.read'] },
        ],
      },
    });
    await givePassword(server, 'alice');
  });
  afterAll(async () => {
    listener?.close();
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const registered = (metadata: Metadata) => registrarOf(server).registered({ redirect_uris: [RETURN], ...metadata });
  const offered = async (member: string) =>
    (await server.http.get('/.well-known/openid-configuration')).json()[member] as string[];
  const credentialsOf = ({ client_id: clientId, client_secret: secret = '' }: Registered): Credentials => ({
    clientId,
    method: 'client_secret_post',
    secret,
  });
  const startOf = (who: Registered, changes: Readonly<Record<string, string>> = {}) => {
    const usual = { client_id: who.client_id, redirect_uri: RETURN, scope: 'openid' };
    return `${server.issuer}/authorize?${new URLSearchParams(authorizationRequest({ ...usual, ...changes })).toString()}`;
  };
  const redeem = async (who: Registered, back: URL, redirect_uri = RETURN) =>
    clientOf(server, credentialsOf(who)).token({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri,
      code_verifier: VERIFIER,
    });

  it('DC-01, IR-65 every grant type that is offered is registered with 201, alone and all together', async () => {
    const all = await offered('grant_types_supported');
    expect(all).toEqual(expect.arrayContaining(['authorization_code', 'refresh_token', DEVICE_CODE]));
    for (const grants of [...all.map((one) => [one]), all])
      expect(await registered({ grant_types: grants })).toMatchObject({ grant_types: grants });
  });

  it('DC-01, IR-65 every way of client authentication that is offered is registered with 201', async () => {
    const { jwks } = await signingKey('ES256');
    const needs: Readonly<Record<string, readonly Metadata[]>> = {
      none: [{}],
      client_secret_basic: [{}],
      client_secret_post: [{}],
      private_key_jwt: [{ jwks }, { jwks_uri: 'https://application.example/jwks' }],
      tls_client_auth: [{ tls_client_auth_subject_dn: 'CN=application' }],
      self_signed_tls_client_auth: [{ jwks }, { jwks_uri: 'https://application.example/jwks' }],
    };
    expect((await offered('token_endpoint_auth_methods_supported')).sort()).toEqual(Object.keys(needs).sort());
    for (const [method, ways] of Object.entries(needs))
      for (const way of ways) {
        const who = await registered({ token_endpoint_auth_method: method, ...way });
        expect(who).toMatchObject({ token_endpoint_auth_method: method, ...way });
        expect([method, who.client_secret !== undefined]).toEqual([method, method.startsWith('client_secret')]);
      }
  });

  it('CO-06 implicit and password grants are offered nowhere (RFC 9700)', async () => {
    for (const grant of ['implicit', 'password']) {
      expect(await offered('grant_types_supported')).not.toContain(grant);
      const answer = await registrarOf(server).register({ redirect_uris: [RETURN], grant_types: [grant] });
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_client_metadata']);
      const form = { grant_type: grant, username: 'alice', password: PASSWORD };
      const asked = await clientOf(server, 'print-shop').token(form);
      expect([asked.status, asked.json().error]).toEqual([400, 'unsupported_grant_type']);
    }
    expect(await offered('response_types_supported')).toEqual(['code']);
    // Who is vouched for is sent back with the error.
    const token = (await server.runCommand(['registration-token'])).stdout.trim();
    const who = await registrarOf(server).registered({ redirect_uris: [RETURN] }, token);
    for (const type of ['token', 'id_token', 'id_token token', 'code token', 'none']) {
      const { left } = await new FormBrowser(server.issuer).open(startOf(who, { response_type: type, nonce: 'n' }));
      const told = new URLSearchParams(left?.hash.slice(1) || left?.search);
      expect([type, told.get('error')]).toEqual([type, 'unsupported_response_type']);
    }
  });

  it('DC-07 the logo of a client is loaded by nobody: neither by the server nor by who sees its pages', async () => {
    const who = await registered({ logo_uri: 'https://application.example/logo.png' });
    const browser = new FormBrowser(server.issuer);
    const consent = await browser.submit(await browser.open(startOf(who)), { username: 'alice', password: PASSWORD });
    expect(consent.text).toContain(who.client_id);
    expect(consent.text).not.toContain('logo.png');
    expect(consent.headers.get('content-security-policy')).not.toMatch(/img-src[^;]*https:/);
  });

  it('CO-01 a native app gets its answers on whatever port it listens, and on no other host or path', async () => {
    const uris = ['http://127.0.0.1/callback', 'http://[::1]:7000/callback'];
    const who = await registered({ redirect_uris: uris, ...BY_SECRET });
    const browser = new FormBrowser(server.issuer);
    for (const redirect_uri of ['http://127.0.0.1:49152/callback', 'http://[::1]:65535/callback', ...uris]) {
      const back = await allowed(browser, startOf(who, { redirect_uri }));
      expect(back.href.startsWith(redirect_uri)).toBe(true);
      expect((await redeem(who, back, redirect_uri)).status).toBe(200);
    }
    for (const redirect_uri of [
      'http://localhost:49152/callback',
      'http://127.0.0.2:49152/callback',
      'http://127.0.0.1:49152/other',
      'https://127.0.0.1:49152/callback',
      'http://127.0.0.1:65536/callback',
    ]) {
      const { status, left } = await browser.open(startOf(who, { redirect_uri }));
      expect([redirect_uri, status, left]).toEqual([redirect_uri, 400, undefined]);
    }
  });

  it('CO-16 a browser app reads from the origins that it registered, as long as it is registered', async () => {
    const who = await registered({ token_endpoint_auth_method: 'none', allowed_origins: [APP] });
    const other = await registered({ token_endpoint_auth_method: 'none', allowed_origins: ['https://other.example'] });
    const admitted = async (path: string, origin: string, clientId = who.client_id) => {
      const options = { headers: { origin } };
      const answer = await (path === '/userinfo'
        ? server.http.get(path, { ...options, bearer: 'x' })
        : server.http.form(
            path,
            { grant_type: 'refresh_token', refresh_token: 'x', token: 'x', client_id: clientId },
            options,
          ));
      return answer.headers['access-control-allow-origin'];
    };
    // Half a second late at most.
    await wait(600);
    for (const path of ['/token', '/revoke', '/userinfo']) {
      expect([path, await admitted(path, APP)]).toEqual([path, APP]);
      expect([path, await admitted(path, 'https://evil.example')]).toEqual([path, undefined]);
    }
    expect(await admitted('/token', APP, other.client_id)).toBeUndefined();
    expect((await registrarOf(server).manage('DELETE', who)).status).toBe(204);
    for (const path of ['/token', '/revoke', '/userinfo']) expect(await admitted(path, APP)).toBeUndefined();
  });

  it('OC-08 an application that registered where it wants to hear of it is told that its user signed out', async () => {
    const uri = `${listener.origin}/registered`;
    const logout = { backchannel_logout_uri: uri, backchannel_logout_session_required: true };
    const who = await registered({ ...BY_SECRET, ...logout });
    const browser = new FormBrowser(server.issuer);
    const tokens = await redeem(who, await allowed(browser, startOf(who)));
    const hint = textMember(tokens, 200, 'id_token');
    await browser.open(`${server.issuer}/sign-out?id_token_hint=${hint}`);
    const [told] = await listener.wait('/registered');
    expect(decodeJwt(told?.token ?? '')).toMatchObject({ aud: who.client_id, sid: decodeJwt(hint)['sid'] });
  });

  it('RI-02, CO-17 a client that names an audience gets tokens for it, and none for one that it does not name', async () => {
    const scope = 'photos.read shelves.read';
    const who = await registered({
      ...BY_SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      audiences: [SHELVES],
      scope,
    });
    const ask = (resource: string) => clientOf(server, credentialsOf(who)).clientCredentials({ resource });
    const token = textMember(await ask(SHELVES), 200, 'access_token');
    expect((await clientOf(server, credentialsOf(who)).introspect(token)).json()).toMatchObject({
      active: true,
      aud: SHELVES,
    });
    expect((await ask(PHOTOS)).json()).toMatchObject({ error: 'invalid_target' });
  });

  it('UG-30, CO-17 resources are registered for an audience that a client names, and its RPT is for that audience', async () => {
    const [protection, management] = server.connections.map(({ access_token: token }) => token);
    const [api, owner] = [protectionApi(server, protection ?? ''), ownerApi(server, management ?? '')];
    const id = await api.register({ resource_scopes: ['view'] });
    const { partner } = server.world;
    const subject = { type: 'partner', issuer: partner.issuer, subject: CAROL };
    await owner.share({ resource_id: id, subject, scopes: ['view'] });
    const who = await registered({ ...BY_SECRET, grant_types: [UMA_TICKET], redirect_uris: [], audiences: [SHELVES] });
    const idToken = await partner.idToken({ subject: CAROL, audience: server.issuer });
    const ticket = await api.ticket({ resource_id: id, resource_scopes: ['view'] });
    const rpt = textMember(
      await clientOf(server, credentialsOf(who)).rpt(ticket, pushed(idToken)),
      200,
      'access_token',
    );
    const permissions = [{ resource_id: id, resource_scopes: ['view'] }];
    expect((await api.introspect(rpt)).json()).toMatchObject({ active: true, aud: SHELVES, permissions });
  });
});
