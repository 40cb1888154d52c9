import { once } from 'node:events';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';

import { alternativeName, type Identity, issue, pemOfKey, revocationList } from '../support/certificates.js';
import { describeEngines } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.mjs';
import { encodeForm } from '../support/http.js';
import { allowedCode, givePassword } from '../support/person.js';
import { type Server, startServer } from '../support/server.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

/** Where the proxy of this test connects from. */
const PROXY = '127.0.0.9';
const GRANT = { grant_type: 'client_credentials', scope: 'photos.read' };
const REFUSED = [401, 'invalid_client'];

const shop = {
  client_id: 'tls-shop',
  name: 'TLS shop',
  type: 'confidential',
  grant_types: ['client_credentials'],
  scopes: ['photos.read'],
  audiences: [PHOTOS],
  token_endpoint_auth_method: 'tls_client_auth',
  tls_client_auth_subject_dn: 'CN=tls-shop',
};
const app = {
  client_id: 'bound-app',
  name: 'Bound app',
  type: 'public',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'profile', 'offline_access'],
  tls_client_certificate_bound_access_tokens: true,
};

interface Answered {
  readonly status: number | undefined;
  readonly body: Record<string, unknown>;
}
const outcome = ({ status, body }: Answered) => [status, body['error']];

describeEngines('RFC 5280: certificates that their authority took back', (engine) => {
  let server: Server;
  let folder: string;
  let asking: number;
  let [authority, silent, good, gone, late, other]: Identity[] = [];
  const place = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, `${name}.new`), content);
    await chmod(join(folder, `${name}.new`), 0o600);
    await rename(join(folder, `${name}.new`), join(folder, name));
  };
  const of = (identity: Identity | undefined): Identity => {
    if (!identity) throw new Error('not set up');
    return identity;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-revoked-'));
    authority = await issue({ subject: 'CN=Authority', isAuthority: true });
    silent = await issue({ subject: 'CN=Silent', isAuthority: true });
    const issuer = authority;
    [good, gone, late] = await Promise.all([1, 2, 3].map(() => issue({ subject: 'CN=tls-shop', issuer })));
    other = await issue({ subject: 'CN=tls-shop', issuer: silent });
    const own = await issue({ subject: 'CN=s', issuer, extensions: [alternativeName('ip', '127.0.0.1')] });
    await place('server.pem', own.pem);
    await place('server.key', await pemOfKey(own));
    await place('ca.pem', `${authority.pem}\n${silent.pem}\n`);
    await place('list.crl', (await revocationList(authority, [of(gone)])).der);
    const tls = await freePort();
    asking = await freePort();
    server = await startServer({
      engine,
      clients: [shop, app],
      config: {
        http: { trusted_proxies: [`${PROXY}/32`] },
        tls: {
          certificate: join(folder, 'server.pem'),
          private_key: join(folder, 'server.key'),
          port: tls,
          client_certificate_port: asking,
          client_certificate_address: `https://127.0.0.1:${asking}`,
          client_certificate_header: 'Client-Cert',
          client_certificate_authorities: join(folder, 'ca.pem'),
          client_certificate_revocation_lists: [join(folder, 'list.crl')],
        },
      },
    });
  });
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const directly = async (identity: Identity | undefined, form: Record<string, string> = GRANT): Promise<Answered> => {
    const asked = request({
      host: '127.0.0.1',
      port: asking,
      path: '/token',
      method: 'POST',
      ca: of(authority).pem,
      cert: of(identity).pem,
      key: await pemOfKey(of(identity)),
      agent: false,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    asked.end(encodeForm({ client_id: 'tls-shop', ...form }));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, body: JSON.parse(await textOf(answer)) as Answered['body'] };
  };
  const header = (identity: Identity | undefined) => ({
    from: PROXY,
    headers: { 'Client-Cert': `:${of(identity).der.toString('base64')}:` },
  });
  const byProxy = async (identity: Identity | undefined, form: Record<string, string> = GRANT): Promise<Answered> => {
    const answer = await server.http.form('/token', { client_id: 'tls-shop', ...form }, header(identity));
    return { status: answer.status, body: answer.json() };
  };
  const both = async (identity: Identity | undefined) => [
    outcome(await directly(identity)),
    outcome(await byProxy(identity)),
  ];
  const TAKEN = [
    [200, undefined],
    [200, undefined],
  ];

  it('MB-01 a revoked certificate gets nothing, directly and behind a proxy; others do (attack class 186)', async () => {
    expect(await both(gone)).toEqual([REFUSED, REFUSED]);
    for (const identity of [good, late, other]) expect(await both(identity)).toEqual(TAKEN);
  });

  it('MB-03 a bound token and its refresh end with the certificate, as soon as a new list is there (attack class 188)', async () => {
    await givePassword(server, 'alice');
    const redemption = await allowedCode(server, 'bound-app', 'openid profile offline_access');
    const { body } = await byProxy(late, { ...redemption, client_id: 'bound-app' });
    const [bearer, first] = [String(body['access_token']), String(body['refresh_token'])];
    const read = async () => (await server.http.get('/userinfo', { ...header(late), bearer })).status;
    expect(await read()).toBe(200);
    await place('list.crl', (await revocationList(of(authority), [of(gone), of(late)])).pem);
    await eventually(read, (status) => status === 401);
    const refresh = { client_id: 'bound-app', grant_type: 'refresh_token', refresh_token: first };
    expect(outcome(await byProxy(late, refresh))).toEqual(REFUSED);
    expect(await both(late)).toEqual([REFUSED, REFUSED]);
    expect(await both(good)).toEqual(TAKEN);
  });

  it('MB-01 a list that cannot be used leaves the one of before in place, which the log says', async () => {
    await place('list.crl', (await revocationList(of(other), [])).der);
    await eventually(
      () => Promise.resolve(server.log()),
      (log) => log.includes('holds a list of no authority of tls.client_certificate_authorities'),
    );
    expect(await both(gone)).toEqual([REFUSED, REFUSED]);
    expect(await both(good)).toEqual(TAKEN);
  });

  it('MB-01 while the next list is overdue nobody of that authority gets in, and operators are told (attack class 186)', async () => {
    const until = -60_000;
    await place('list.crl', (await revocationList(of(authority), [], { until })).der);
    await eventually(
      async () => outcome(await byProxy(good)),
      ([status]) => status === 401,
    );
    expect(await both(good)).toEqual([REFUSED, REFUSED]);
    expect(await both(other)).toEqual(TAKEN);
    const told = (log: string) => log.includes('a list of revoked certificates is overdue');
    expect(told(await eventually(() => Promise.resolve(server.log()), told))).toBe(true);
    const metrics = (await server.http.get('/metrics')).text;
    const due = Number(/^valetkey_revocation_list_next_update_timestamp_seconds (\S+)$/m.exec(metrics)?.[1]);
    expect(Math.abs(due * 1000 - (Date.now() + until))).toBeLessThan(60_000);
    await server.restart();
    expect(await both(good)).toEqual([REFUSED, REFUSED]);
    await place('list.crl', (await revocationList(of(authority), [of(gone)])).der);
    await eventually(
      async () => outcome(await byProxy(good)),
      ([status]) => status === 200,
    );
    expect(await both(gone)).toEqual([REFUSED, REFUSED]);
  });
});
