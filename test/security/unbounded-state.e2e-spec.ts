import { exportJWK, generateKeyPair } from 'jose';

import { authorizationRequest } from '../support/authorization-request.js';
import { assertionForm, clientAssertion } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { describeEngines, describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { type Server, startServer } from '../support/server.js';
import { registrarOf } from '../support/registrar.js';
import { storedRows } from '../support/stored-rows.js';
import { type Credentials, DEVICE_CODE } from '../support/world.js';

const PASSWORD = 'seven small boats at sea';
const NATIVE = 'http://127.0.0.1:49152/callback';
const PUSHES = { authorization: { pushed_requests_per_minute: 5 } };

const refusals = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 429);
const authorize = (server: Server, from: string) => {
  const query = new URLSearchParams({ ...authorizationRequest(), client_id: 'print-shop' }).toString();
  return server.http.get(`/authorize?${query}`, { from });
};

/** Those of many at once that were taken; the others wait, and are told for how long. */
function taken(answers: readonly Answer[], status: number): number {
  for (const { headers } of refusals(answers)) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  const others = answers.filter((answer) => answer.status === status);
  expect(others.length + refusals(answers).length).toBe(answers.length);
  return others.length;
}

/** A client that anybody may have registered, with a key of its own. */
async function signingStranger(server: Server): Promise<Credentials> {
  const { privateKey: key, publicKey } = await generateKeyPair('ES256');
  const jwks = { keys: [await exportJWK(publicKey)] };
  const method = { token_endpoint_auth_method: 'private_key_jwt' };
  const { client_id: clientId } = await registrarOf(server).registered({ ...method, jwks });
  return { clientId, method: 'private_key_jwt', key };
}

describeServer('how much clients can push in a minute', { config: PUSHES }, (server) => {
  const push = (who: string, from = '127.0.0.1') =>
    server().http.form('/par', authorizationRequest(), {
      headers: { authorization: basic(who, server().world.clients[who as 'print-shop'].secret ?? '') },
      from,
    });
  const pushAsApp = (from: string) =>
    server().http.form(
      '/par',
      { ...authorizationRequest({ redirect_uri: NATIVE }), client_id: 'public-app' },
      { from },
    );

  it('PA-06 attack class 264: of 30 pushes of one client at once, from wherever, exactly as many as set are kept', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => push('print-shop', `127.0.${n % 4}.1`)));
    expect(taken(answers, 201)).toBe(5);
    const [refused] = refusals(answers);
    expect([refused?.json().error, refused?.headers['cache-control']]).toEqual(['temporarily_unavailable', 'no-store']);
  });

  it('PA-06 attack class 264: another client is not slowed by it, and refused requests count like good ones', async () => {
    const who = server().world.clients['signed-shop'];
    const refused = async () =>
      server().http.form('/par', {
        ...authorizationRequest({ redirect_uri: 'https://evil.example/' }),
        ...assertionForm(await clientAssertion(who, server().issuer)),
      });
    const answers = [];
    for (let count = 0; count < 7; count += 1) answers.push((await refused()).status);
    expect(answers).toEqual([400, 400, 400, 400, 400, 429, 429]);
  });

  it('PA-06 attack class 264: who pushes in the name of a public client stops nobody in another network', async () => {
    expect(taken(await Promise.all(Array.from({ length: 20 }, () => pushAsApp('127.0.7.1'))), 201)).toBe(5);
    expect((await pushAsApp('127.0.7.200')).status).toBe(429);
    expect((await pushAsApp('127.0.8.1')).status).toBe(201);
  });
});

describeServer(
  'how many devices can ask in a minute',
  { config: { registration: { mode: 'open', scopes: ['openid'] } } },
  (server) => {
    const ask = (clientId: string, from: string) =>
      server().http.form('/device_authorization', { client_id: clientId, scope: 'openid' }, { from });

    it('DV-03 attack class 264: of one client in one network, from whatever addresses at once, no more than sixty', async () => {
      const answers = await Promise.all(Array.from({ length: 80 }, (_, n) => ask('public-app', `127.0.3.${n + 1}`)));
      expect(taken(answers, 200)).toBe(60);
      expect((await ask('public-app', '127.0.4.1')).status).toBe(200);
    });

    it('DV-03 attack class 264: many clients that registered themselves are no more than one', async () => {
      const device = { grant_types: [DEVICE_CODE], redirect_uris: [], token_endpoint_auth_method: 'none' };
      const { registered } = registrarOf(server());
      const clients = await Promise.all(Array.from({ length: 4 }, () => registered(device)));
      const asked = clients.flatMap(({ client_id: id }) => Array.from({ length: 20 }, () => ask(id, '127.0.5.1')));
      expect(taken(await Promise.all(asked), 200)).toBe(60);
    });
  },
);

describeEngines('what proofs of strangers leave behind', (engine) => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ engine, config: PUSHES });
  });
  afterAll(() => server.dispose());

  const proven = async (path: string, form: Form, from: string) => {
    const headers = { dpop: await (await keyHolder(server)).proof('POST', path) };
    return server.http.form(path, { client_id: 'public-app', ...form }, { from, headers });
  };
  const many = (send: () => Promise<Answer>) => Promise.all(Array.from({ length: 20 }, send));

  it('DP-02 attack class 264: nothing, where the request is refused or one too many', async () => {
    const used = { grant_type: 'refresh_token', refresh_token: 'x' };
    const device = { grant_type: DEVICE_CODE, device_code: 'x' };
    for (const form of [used, device]) {
      const answers = await many(() => proven('/token', form, '127.0.9.1'));
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(400));
    }
    const push = authorizationRequest({ redirect_uri: NATIVE });
    expect(taken(await many(() => proven('/par', push, '127.0.9.1')), 201)).toBe(5);
    for (let round = 0; round < 4; round += 1) {
      await many(() => proven('/device_authorization', { scope: 'openid' }, '127.0.9.1'));
    }
    await server.stop();
    const marks = (await storedRows(engine, server)).get('replay_mark');
    // Of what was counted: 5 pushed requests and 60 devices.
    expect(marks).toHaveLength(65);
  });
});

describeEngines('what assertions of strangers leave behind', (engine) => {
  let server: Server;
  let strangers: Credentials[];
  beforeAll(async () => {
    server = await startServer({ engine, config: { registration: { mode: 'open' } } });
    strangers = await Promise.all(Array.from({ length: 3 }, () => signingStranger(server)));
  });
  afterAll(() => server.dispose());

  const come = async (who: Credentials, from: string, assertion?: string) => {
    const form = assertionForm(assertion ?? (await clientAssertion(who, server.issuer)));
    return server.http.form('/revoke', { token: 'x', ...form }, { from });
  };
  const of = (number: number) => strangers[number] as Credentials;

  it('attack classes 62, 264: of a network, by whatever clients, 300 marks a minute; a replay is still found', async () => {
    const used = await clientAssertion(of(0), server.issuer);
    expect((await come(of(0), '127.0.13.1', used)).status).toBe(200);
    const answers = await Promise.all(
      Array.from({ length: 330 }, (_, n) => come(of(n % 2), `127.0.12.${(n % 9) + 1}`)),
    );
    expect(taken(answers, 200)).toBe(300);
    expect(refusals(answers)[0]?.json().error).toBe('temporarily_unavailable');
    const replayed = await come(of(0), '127.0.12.1', used);
    expect([replayed.status, replayed.json().error]).toEqual([401, 'invalid_client']);
  });

  it('attack class 264: of one stranger no more from everywhere; nobody is slowed whom the operator knows', async () => {
    const answers = await Promise.all(Array.from({ length: 330 }, (_, n) => come(of(2), `127.0.${(n % 4) + 14}.1`)));
    expect(taken(answers, 200)).toBe(300);
    const known = server.world.clients['signed-shop'];
    expect((await come(known, '127.0.12.1')).status).toBe(200);
    await server.stop();
    expect((await storedRows(engine, server)).get('replay_mark')).toHaveLength(1 + 300 + 300 + 1);
  });
});

describeEngines('how many people can begin something in a minute', (engine) => {
  let server: Server;
  let signedIn: FormBrowser;
  const url = () => {
    const query = new URLSearchParams({ ...authorizationRequest(), client_id: 'print-shop' });
    return `${server.issuer}/authorize?${query.toString()}`;
  };
  beforeAll(async () => {
    const config = { sign_in: { visits_per_network: 6, visits_per_minute: 26 } };
    server = await startServer({ engine, config });
    signedIn = new FormBrowser(server.issuer);
    await signedIn.submit(await signedIn.open(url()), { username: 'alice', password: PASSWORD });
  });
  afterAll(() => server.dispose());

  it('attack class 264: of 30 at once from one network exactly as many as set leave a row; the others see a page', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => authorize(server, `127.0.1.${n + 1}`)));
    expect(taken(answers, 303)).toBe(6);
    const [refused] = refusals(answers);
    expect(refused?.headers['content-type']).toContain('text/html');
    expect(refused?.headers.location).toBeUndefined();
  });

  it('attack class 264: nor do the other ways in, and another network is not slowed', async () => {
    const account = (from: string) => server.http.get('/account', { from });
    expect((await account('127.0.1.1')).status).toBe(429);
    expect((await account('127.0.2.1')).status).toBe(303);
  });

  it('attack class 264: nor does opening the page for passkeys again and again', async () => {
    const begun = await authorize(server, '127.0.11.1');
    const cookie = String(begun.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    const path = `${String(begun.headers.location).slice(server.issuer.length)}/passkey`;
    const open = () => server.http.get(path, { from: '127.0.11.1', headers: { cookie } });
    expect(taken(await Promise.all(Array.from({ length: 20 }, open)), 200)).toBe(5);
  });

  it('attack class 264: many networks together fill no database; whoever is signed in goes on, or was at this device', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => authorize(server, `127.0.${n + 20}.1`)));
    // 1 of Alice, 6 of the first network and 1 of the second have begun before, and one who opened 5 pages for passkeys.
    expect(taken(answers, 303)).toBe(12);
    const shown = await signedIn.open(url());
    expect(shown.status).toBe(200);
    await signedIn.submit(await signedIn.open(`${server.issuer}/sign-out`), { decision: 'sign_out' });
    const signIn = await signedIn.open(url());
    expect([signIn.status, signIn.text.includes('name="password"')]).toEqual([200, true]);
    await server.stop();
    expect((await storedRows(engine, server)).get('interaction')).toHaveLength(23);
  });
});
