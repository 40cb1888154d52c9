import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { allowed, givePassword, locationOf } from '../support/person.js';
import type { Server } from '../support/server.js';
import { CALLBACK } from '../support/world.js';

const SECRET = 'console-secret-console-secret-console-secret';
const CONSOLE = {
  client_id: 'console',
  name: 'Console',
  type: 'confidential',
  secret: { env: 'CONSOLE_SECRET' },
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'offline_access', 'authorizations', 'authorizations.write'],
};
const SHARE = { resource_id: 'r_nothing', subject: { type: 'anyone' }, scopes: ['view'] };
/** As far as the policy itself, whose resource there is not. */
const LET_THROUGH = { status: 404, error: 'not_found' };

interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

const startOf = (server: Server, changes: Readonly<Record<string, string>> = {}) => {
  const scope = 'openid authorizations authorizations.write';
  const query = new URLSearchParams(authorizationRequest({ client_id: 'console', scope, ...changes }));
  return `${server.issuer}/authorize?${query.toString()}`;
};

type Headers = Readonly<Record<string, string>>;

async function tokensFor(server: Server, back: URL, headers: Headers = {}) {
  const form = {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  };
  return tokensOf(server, form, headers);
}

async function tokensOf(server: Server, form: Readonly<Record<string, string>>, headers: Headers = {}) {
  const authorization = basic('console', SECRET);
  const answer = await server.http.form('/token', form, { headers: { authorization, ...headers } });
  if (answer.status !== 200) throw new Error(answer.text);
  return { access: String(answer.json()['access_token']), refresh: String(answer.json()['refresh_token']) };
}

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

async function change(server: Server, presented: Headers) {
  const headers = { ...presented, 'content-type': 'application/json' };
  const answer = await fetch(`${server.issuer}/me/policies`, { method: 'POST', headers, body: JSON.stringify(SHARE) });
  const { error } = (await answer.json()) as { error: string };
  return { status: answer.status, error, challenge: answer.headers.get('www-authenticate') ?? '' };
}

const setUp = (ownerApi: object) => ({
  clients: [CONSOLE],
  config: { owner_api: ownerApi },
  env: { CONSOLE_SECRET: SECRET },
  connections: [{ account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' }],
});

describeServer('RFC 9470 at the owner API: a recent sign-in', setUp({ max_auth_age: '6s' }), (server) => {
  let first: Tokens;
  let renewable: Tokens;
  let alice: FormBrowser;
  let late: number;
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    alice = new FormBrowser(server().issuer);
    first = await tokensFor(server(), await allowed(alice, startOf(server())));
    expect(await change(server(), bearer(first.access))).toMatchObject(LET_THROUGH);
    const scope = 'openid offline_access authorizations authorizations.write';
    const other = new FormBrowser(server().issuer);
    renewable = await tokensFor(server(), await allowed(other, startOf(server(), { scope })));
    late = Date.now() + 6_500;
  });

  it('SU-01, SU-02, 232 an old sign-in only reads; a new one that max_age asks for changes again', async () => {
    await past(late);
    const { status, error, challenge } = await change(server(), bearer(first.access));
    expect([status, error]).toEqual([401, 'insufficient_user_authentication']);
    expect(challenge).toMatch(
      /^Bearer realm="valetkey", resource_metadata="[^"]+\/me", error="insufficient_user_authentication", max_age="6"$/,
    );
    expect((await server().http.get('/me/policies', { bearer: first.access })).status).toBe(200);
    const page = await alice.open(startOf(server(), { max_age: '6' }));
    expect(page.text).toContain('name="password"');
    const again = await tokensFor(server(), await allowed(alice, startOf(server(), { max_age: '6' })));
    expect(await change(server(), bearer(again.access))).toMatchObject(LET_THROUGH);
  });

  it('SU-03 a refresh makes no sign-in younger', async () => {
    await past(late);
    const form = { grant_type: 'refresh_token', refresh_token: renewable.refresh };
    const { access } = await tokensOf(server(), form);
    expect((await change(server(), bearer(access))).error).toBe('insufficient_user_authentication');
  });

  it('SU-01 a token of no sign-in is not enough', async () => {
    const [connection] = server().connections;
    expect((await change(server(), bearer(connection?.access_token ?? ''))).error).toBe(
      'insufficient_user_authentication',
    );
  });
});

describeServer('RFC 9470 at the owner API: a sure sign-in', setUp({ min_acr: 'urn:valetkey:acr:2' }), (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  it('SU-01, SU-02 a password alone is told acr_values; who cannot do better is told so by the authorization endpoint', async () => {
    const alice = new FormBrowser(server().issuer);
    const { access } = await tokensFor(server(), await allowed(alice, startOf(server())));
    const { status, challenge } = await change(server(), bearer(access));
    expect(status).toBe(401);
    expect(challenge).toContain('error="insufficient_user_authentication", acr_values="urn:valetkey:acr:2"');
    expect(challenge).not.toContain('max_age');
    const back = locationOf(await alice.open(startOf(server(), { acr_values: 'urn:valetkey:acr:2', prompt: 'none' })));
    expect(back.searchParams.get('error')).toBe('unmet_authentication_requirements');
  });

  it('SU-01 the same with a token that is bound to a key', async () => {
    const alice = new FormBrowser(server().issuer);
    const back = await allowed(alice, startOf(server()));
    const key = await keyHolder(server());
    const { access } = await tokensFor(server(), back, { dpop: await key.proof('POST', '/token') });
    const { challenge } = await change(server(), await key.presented('POST', '/me/policies', access));
    expect(challenge).toMatch(
      /^DPoP realm="valetkey", resource_metadata="[^"]+", error="insufficient_user_authentication", acr_values="urn:valetkey:acr:2", algs="/,
    );
  });
});
