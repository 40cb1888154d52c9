import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';

import { alternativeName, type Identity, issue } from '../support/certificates.js';
import { clientOf } from '../support/client.js';
import { describeEngines } from '../support/engines.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { allowedCode, givePassword } from '../support/person.js';
import { type Server, startServer } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

/** Where the proxy of this test connects from. */
const PROXY = '127.0.0.9';
const HEADER = 'Client-Cert';
const GRANT = { grant_type: 'client_credentials', scope: 'photos.read' };
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const sequence = ({ der }: Identity) => `:${der.toString('base64')}:`;

interface Cast {
  readonly authority: Identity;
  readonly shop: Identity;
  readonly self: Identity;
  readonly other: Identity;
}

async function createCast(): Promise<Cast> {
  const authority = await issue({ subject: 'CN=Authority', isAuthority: true });
  const shop = await issue({
    subject: 'C=AT, O=Shops, CN=tls-shop',
    issuer: authority,
    extensions: [alternativeName('dns', 'shop.example')],
  });
  const other = await issue({ subject: 'CN=other', issuer: authority });
  return { authority, shop, other, self: await issue({ subject: 'CN=self' }) };
}

const shared = {
  type: 'confidential',
  grant_types: ['client_credentials'],
  scopes: ['photos.read', 'uma_protection'],
  audiences: [PHOTOS],
};
const clientsOf = ({ self }: Cast) => [
  {
    ...shared,
    client_id: 'tls-shop',
    name: 'TLS shop',
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_subject_dn: 'CN=tls-shop,O=Shops,C=AT',
    tls_client_certificate_bound_access_tokens: true,
    access_token_format: 'jwt',
  },
  {
    ...shared,
    client_id: 'self-shop',
    name: 'Self-signed shop',
    token_endpoint_auth_method: 'self_signed_tls_client_auth',
    jwks: { keys: [self.jwk] },
  },
  {
    client_id: 'bound-app',
    name: 'Bound app',
    type: 'public',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [CALLBACK],
    scopes: ['openid', 'profile', 'offline_access'],
    tls_client_certificate_bound_access_tokens: true,
  },
  {
    ...shared,
    client_id: 'both',
    name: 'Protecting client',
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_san_dns: 'shop.example',
    tls_client_certificate_bound_access_tokens: true,
  },
];

describeEngines('RFC 8705: certificates of clients', (engine) => {
  let cast: Cast;
  let server: Server;
  let folder: string;
  beforeAll(async () => {
    cast = await createCast();
    folder = await mkdtemp(join(tmpdir(), 'valetkey-authorities-'));
    await writeFile(join(folder, 'ca.pem'), `# ours\n${cast.authority.pem}\n`);
    server = await startServer({
      engine,
      clients: clientsOf(cast),
      config: {
        registration: { mode: 'open', scopes: ['openid', 'photos.read'], audiences: [PHOTOS] },
        http: { trusted_proxies: [`${PROXY}/32`] },
        tls: {
          client_certificate_header: HEADER,
          client_certificate_authorities: join(folder, 'ca.pem'),
          client_certificate_address: 'https://mtls.example',
        },
      },
    });
  });
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Through the proxy, which tells the certificate. */
  const through = (certificate: string | undefined, more: Record<string, string> = {}) => ({
    from: PROXY,
    headers: { ...(certificate !== undefined && { [HEADER]: certificate }), ...more },
  });
  const ask = (clientId: string, certificate: string | undefined, form: Form = GRANT) =>
    server.http.form(
      '/token',
      { ...Object.fromEntries(Object.entries(form)), client_id: clientId },
      through(certificate),
    );
  const boundToken = async () => textMember(await ask('tls-shop', sequence(cast.shop)), 200, 'access_token');

  it('MB-01, MB-05 a client proves who it is with a certificate of an authority, as any proxy writes it', async () => {
    for (const header of [sequence(cast.shop), encodeURIComponent(cast.shop.pem), cast.shop.der.toString('base64')])
      expect((await ask('tls-shop', header)).status).toBe(200);
    expect((await ask('both', sequence(cast.shop))).status).toBe(200);
  });

  it('MB-02 a client proves who it is with a registered key', async () => {
    expect((await ask('self-shop', sequence(cast.self))).status).toBe(200);
  });

  it('DC-01, MB-01, MB-02 a client that comes with a certificate registers itself', async () => {
    const wish = { redirect_uris: [], grant_types: ['client_credentials'] };
    const register = (more: object) => server.http.json('POST', '/register', { ...wish, ...more });
    const named = { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'shop.example' };
    const byAuthority = textMember(await register(named), 201, 'client_id');
    expect((await ask(byAuthority, sequence(cast.shop))).status).toBe(200);
    expect((await ask(byAuthority, sequence(cast.other))).status).toBe(401);
    const self = { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [cast.self.jwk] } };
    const byKey = textMember(await register(self), 201, 'client_id');
    expect((await ask(byKey, sequence(cast.self))).status).toBe(200);
    expect((await ask(byKey, sequence(cast.other))).status).toBe(401);
    for (const wrong of [
      { token_endpoint_auth_method: 'tls_client_auth' },
      { ...named, tls_client_auth_san_ip: '127.0.0.1' },
      { tls_client_auth_san_dns: 'shop.example' },
      { token_endpoint_auth_method: 'self_signed_tls_client_auth' },
    ]) {
      expect(outcome(await register(wrong))).toEqual([400, 'invalid_client_metadata']);
    }
  });

  it('MB-01, MB-02, MB-04 refuses no certificate, another one, and another way (attack class 186)', async () => {
    const refused = [401, 'invalid_client'];
    const { secret = '' } = server.world.clients['print-shop'];
    expect(outcome(await ask('tls-shop', undefined))).toEqual(refused);
    expect(outcome(await ask('tls-shop', sequence(cast.other)))).toEqual(refused);
    expect(outcome(await ask('tls-shop', sequence(cast.self)))).toEqual(refused);
    expect(outcome(await ask('self-shop', sequence(cast.shop)))).toEqual(refused);
    expect(outcome(await ask('print-shop', sequence(cast.shop)))).toEqual(refused);
    expect(outcome(await server.http.form('/token', GRANT, through(sequence(cast.shop))))).toEqual(refused);
    for (const header of ['', '(null)', 'x', `${sequence(cast.shop)}, ${sequence(cast.shop)}`])
      expect(outcome(await ask('tls-shop', header))).toEqual(refused);
    const asBasic = { authorization: basic('tls-shop', secret) };
    expect(outcome(await server.http.form('/token', GRANT, through(sequence(cast.shop), asBasic)))).toEqual(refused);
  });

  it('MB-05 a header of anybody but the proxy says nothing, and one that comes twice neither (attack class 187)', async () => {
    const form = { ...GRANT, client_id: 'tls-shop' };
    const names = [
      HEADER,
      'X-SSL-Client-Cert',
      'X-Forwarded-Client-Cert',
      'X-Forwarded-Tls-Client-Cert',
      'Client_Cert',
    ];
    for (const name of names)
      for (const from of ['127.0.0.1', '127.0.0.10']) {
        const answer = await server.http.form('/token', form, { from, headers: { [name]: sequence(cast.shop) } });
        expect([name, from, ...outcome(answer)]).toEqual([name, from, 401, 'invalid_client']);
      }
    const lies = { 'x-forwarded-for': PROXY, forwarded: `for=${PROXY}`, [HEADER]: sequence(cast.shop) };
    expect(outcome(await server.http.form('/token', form, { headers: lies }))).toEqual([401, 'invalid_client']);
    const twice = [HEADER, sequence(cast.shop), HEADER.toLowerCase(), sequence(cast.shop)];
    const answer = await server.http.form('/token', form, { from: PROXY, headers: twice });
    expect(outcome(answer)).toEqual([401, 'invalid_client']);
  });

  it('MB-03 binds tokens to the certificate, in JWT and introspection; they are bearer tokens by type', async () => {
    const answer = await ask('tls-shop', sequence(cast.shop));
    expect(answer.json()).toMatchObject({ token_type: 'Bearer' });
    const token = textMember(answer, 200, 'access_token');
    const cnf = { 'x5t#S256': cast.shop.thumbprint };
    expect(decodeJwt(token)['cnf']).toEqual(cnf);
    const seen = (await clientOf(server, 'photo-service').introspect(token)).json();
    expect(seen).toMatchObject({ active: true, token_type: 'Bearer', cnf });
    const unbound = textMember(await ask('self-shop', sequence(cast.self)), 200, 'access_token');
    expect((await clientOf(server, 'photo-service').introspect(unbound)).json()).not.toHaveProperty('cnf');
    expect(await boundToken()).not.toBe(token);
  });

  it('MB-03 refreshes of a public client are for its certificate alone, and so is UserInfo (attack classes 188, 189)', async () => {
    await givePassword(server, 'alice');
    const redemption = await allowedCode(server, 'bound-app', 'openid profile offline_access');
    const redeemed = await ask('bound-app', sequence(cast.self), redemption);
    const first = textMember(redeemed, 200, 'refresh_token');
    const refresh = (token: string, certificate?: string) =>
      ask('bound-app', certificate, { grant_type: 'refresh_token', refresh_token: token });
    expect(outcome(await refresh(first))).toEqual([400, 'invalid_request']);
    const granted = await refresh(first, sequence(cast.self));
    const next = textMember(granted, 200, 'refresh_token');
    expect(outcome(await refresh(next, sequence(cast.other)))).toEqual([400, 'invalid_grant']);
    expect((await refresh(next, sequence(cast.self))).status).toBe(200);
    const bearer = textMember(granted, 200, 'access_token');
    const read = (certificate?: string, options = through(certificate)) =>
      server.http.get('/userinfo', { ...options, bearer, headers: { ...options.headers } });
    expect((await read(sequence(cast.self))).status).toBe(200);
    const refused = [
      await read(),
      await read(sequence(cast.other)),
      await read('x'),
      await read(undefined, { from: '127.0.0.1', headers: { [HEADER]: sequence(cast.self) } }),
    ];
    for (const answer of refused) {
      expect(outcome(answer)).toEqual([401, 'invalid_token']);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
    }
  });

  it('MB-03, UF-09 a bound token opens the protection API with its certificate alone', async () => {
    const form = { grant_type: 'client_credentials', scope: 'uma_protection' };
    const bearer = textMember(await ask('both', sequence(cast.shop), form), 200, 'access_token');
    const asked = (certificate?: string) =>
      server.http.form('/introspect', { token: 'x' }, { ...through(certificate), bearer });
    expect(outcome(await asked())).toEqual([401, 'invalid_token']);
    expect(outcome(await asked(sequence(cast.other)))).toEqual([401, 'invalid_token']);
    // Let through: it is the token of a client that is no resource server.
    expect(outcome(await asked(sequence(cast.shop)))).toEqual([403, 'insufficient_scope']);
  });

  it('MB-04, IR-65 says what it can, and where certificates are asked for', async () => {
    const metadata = (await server.http.get('/.well-known/openid-configuration')).json();
    expect(metadata).toMatchObject({
      tls_client_certificate_bound_access_tokens: true,
      token_endpoint_auth_methods_supported: expect.arrayContaining([
        'tls_client_auth',
        'self_signed_tls_client_auth',
      ]) as unknown,
      mtls_endpoint_aliases: { token_endpoint: 'https://mtls.example/token' },
    });
  });
});
