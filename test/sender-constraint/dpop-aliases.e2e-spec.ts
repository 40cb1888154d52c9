import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';

import * as oauth from 'oauth4webapi';

import { alternativeName, type Identity, issue, pemOfKey } from '../support/certificates.js';
import { keyHolder } from '../support/dpop.js';
import { ONE_ENGINE } from '../support/engines.js';
import { freePort } from '../support/free-port.mjs';
import { type Answer, basic, encodeForm } from '../support/http.js';
import { type Server, startServer } from '../support/server.js';

/** Where the proxy of this test connects from. */
const PROXY = '127.0.0.9';
const FORM = { grant_type: 'client_credentials', scope: 'photos.read' };
const CONNECTIONS = [{ account: 'alice', client: 'login-app', scope: 'openid profile' }];
const ANOTHER = [400, 'invalid_dpop_proof'];
const outcome = ({ status, text }: Pick<Answer, 'status' | 'text'>) => {
  const { error } = JSON.parse(text) as { error?: string };
  return [status, error];
};

describe.each(ONE_ENGINE)('RFC 8705 §5, RFC 9449 §4.3: DPoP at the mTLS endpoint aliases (%s)', (engine) => {
  let server: Server;
  let folder: string;
  let authority: Identity;
  /** Ports of TLS without and with the question for a certificate. */
  let ports: { tls: number; asking: number };
  let alias: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-aliases-'));
    authority = await issue({ subject: 'CN=Authority', isAuthority: true });
    const own = await issue({ subject: 'CN=s', issuer: authority, extensions: [alternativeName('ip', '127.0.0.1')] });
    await writeFile(join(folder, 'server.pem'), own.pem);
    await writeFile(join(folder, 'server.key'), await pemOfKey(own));
    await chmod(join(folder, 'server.key'), 0o600);
    ports = { tls: await freePort(), asking: await freePort() };
    alias = `https://127.0.0.1:${ports.asking}/t1`;
    server = await startServer({
      engine,
      issuerPath: '/t1',
      connections: CONNECTIONS,
      config: {
        http: { trusted_proxies: [`${PROXY}/32`] },
        tls: {
          certificate: join(folder, 'server.pem'),
          private_key: join(folder, 'server.key'),
          port: ports.tls,
          client_certificate_port: ports.asking,
          client_certificate_header: 'Client-Cert',
          client_certificate_address: alias,
        },
      },
    });
  });
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const overTls = async (url: string, init: { method: string; headers: Record<string, string>; body?: string }) => {
    const { body, ...options } = init;
    const asked = request(url, { ...options, ca: authority.pem, agent: false });
    asked.end(body);
    const [incoming] = (await once(asked, 'response')) as [IncomingMessage];
    const received = await textOf(incoming);
    const json = () => JSON.parse(received) as Record<string, unknown>;
    return { status: incoming.statusCode ?? 0, headers: incoming.headers, text: received, json };
  };
  const printShop = () => basic('print-shop', server.world.clients['print-shop'].secret ?? '');
  const asked = (dpop: string) => ({ authorization: printShop(), dpop });
  const atPort = (port: number, dpop: string) =>
    overTls(`https://127.0.0.1:${port}/t1/token`, {
      method: 'POST',
      headers: { ...asked(dpop), 'content-type': 'application/x-www-form-urlencoded' },
      body: encodeForm(FORM),
    });
  const atIssuer = (dpop: string, more: { from?: string; headers?: Record<string, string> } = {}) =>
    server.http.form('/token', FORM, { ...more, headers: { ...asked(dpop), ...more.headers } });

  it('MB-04, DP-02 a proof for the alias is taken at its port, and through the proxy that passes certificates', async () => {
    const holder = await keyHolder(server);
    const proof = () => holder.proof('POST', '/token', { htu: `${alias}/token` });
    expect((await atPort(ports.asking, await proof())).json()).toMatchObject({ token_type: 'DPoP' });
    expect((await atIssuer(await proof(), { from: PROXY })).json()).toMatchObject({ token_type: 'DPoP' });
    expect((await atPort(ports.asking, await holder.proof('POST', '/token'))).status).toBe(200);
    expect((await atIssuer(await holder.proof('POST', '/token'), { from: PROXY })).status).toBe(200);
  });

  it('DP-02 36, 181 elsewhere it is for another request, whatever the request says of itself', async () => {
    const holder = await keyHolder(server);
    const proof = () => holder.proof('POST', '/token', { htu: `${alias}/token` });
    const { host } = new URL(alias);
    const lies = { 'x-forwarded-host': host, 'x-forwarded-proto': 'https', forwarded: `host=${host};proto=https` };
    expect(outcome(await atIssuer(await proof()))).toEqual(ANOTHER);
    expect(outcome(await atIssuer(await proof(), { headers: { host, ...lies } }))).toEqual(ANOTHER);
    expect(outcome(await atPort(ports.tls, await proof()))).toEqual(ANOTHER);
  });

  it.each(['/par', '/revoke', '/token/x', '', '/../token'])(
    'DP-02 181 a proof for %s at the alias is for another endpoint',
    async (path) => {
      const holder = await keyHolder(server);
      const proof = () => holder.proof('POST', '/token', { htu: alias + path });
      expect(outcome(await atPort(ports.asking, await proof()))).toEqual(ANOTHER);
      expect(outcome(await atIssuer(await proof(), { from: PROXY }))).toEqual(ANOTHER);
    },
  );

  it('DP-02 185 one proof counts once, whichever way it comes', async () => {
    const dpop = await (await keyHolder(server)).proof('POST', '/token', { htu: `${alias}/token` });
    expect((await atPort(ports.asking, dpop)).status).toBe(200);
    expect(outcome(await atIssuer(dpop, { from: PROXY }))).toEqual(ANOTHER);
    expect(outcome(await atPort(ports.asking, dpop))).toEqual(ANOTHER);
  });

  it('MB-04, DP-03, DP-06 oauth4webapi takes the aliases for a token and for UserInfo; another address is 401', async () => {
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(server.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    expect(as.mtls_endpoint_aliases).toMatchObject({ token_endpoint: `${alias}/token` });
    const client: oauth.Client = { client_id: 'login-app', use_mtls_endpoint_aliases: true };
    const visited: string[] = [];
    const customFetch = async (
      url: string,
      { method, headers, body }: { method: string; headers: Record<string, string>; body?: unknown },
    ) => {
      visited.push(url);
      const form = body instanceof URLSearchParams ? body.toString() : '';
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const sent = method === 'GET' ? { method, headers } : { method, headers: { ...headers, ...type }, body: form };
      const answer = await overTls(url, sent);
      return new Response(answer.text, {
        status: answer.status,
        headers: { 'content-type': answer.headers['content-type'] ?? '' },
      });
    };
    const keys = await oauth.generateKeyPair('ES256');
    const options = { [oauth.customFetch]: customFetch, DPoP: oauth.DPoP(client, keys) };
    const secret = oauth.ClientSecretBasic(server.world.clients['login-app'].secret ?? '');
    const refresh = server.connections[0]?.refresh_token ?? '';
    const response = await oauth.refreshTokenGrantRequest(as, client, secret, refresh, options);
    const tokens = await oauth.processRefreshTokenResponse(as, client, response);
    expect(tokens.token_type).toBe('dpop');
    const told = await oauth.userInfoRequest(as, client, tokens.access_token, options);
    const claims = await oauth.processUserInfoResponse(as, client, oauth.skipSubjectCheck, told);
    expect(claims.name).toBe('Alice Archer');
    expect(visited).toEqual([`${alias}/token`, `${alias}/userinfo`]);
    // The key is the library's: a proof of another for this token is refused for its target first.
    const holder = await keyHolder(server);
    const headers = await holder.presented('GET', '/userinfo', tokens.access_token, { htu: `${alias}/token` });
    const refused = await overTls(`${alias}/userinfo`, { method: 'GET', headers });
    expect(outcome(refused)).toEqual([401, 'invalid_dpop_proof']);
    expect(refused.headers['www-authenticate']).toMatch(/^DPoP .*error="invalid_dpop_proof"/);
  });
});
