import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

import { describeServer } from '../support/engines.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';

async function key(kid: string): Promise<{ privateKey: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}

describeServer(
  'RFC 7591 §3: who may register',
  { config: { registration: { mode: 'initial_access_token', changes_per_client: 100 } } },
  (server) => {
    const registrar = () => registrarOf(server());
    const token = async (...args: string[]) =>
      (await server().runCommand(['registration-token', ...args])).stdout.trim();
    const refused = async (bearer?: string) => {
      const answer = await registrar().register({ redirect_uris: [REDIRECT] }, bearer);
      return [answer.status, answer.json().error];
    };

    it('registration-token says what its token is good for', async () => {
      const told = async (...args: string[]) => (await server().runCommand(['registration-token', ...args])).stderr;
      expect(await told()).toMatch(/^good for 1 registration until \S+Z\n$/);
      expect(await told('--uses', '2')).toMatch(/^good for 2 registrations until \S+Z\n$/);
    });

    it('attack class 204: no, wrong, expired and used-up initial access tokens are 401 invalid_token', async () => {
      const once = await token();
      const short = await token('--lifetime', '1s');
      expect(await refused()).toEqual([401, 'invalid_token']);
      expect(await refused('x')).toEqual([401, 'invalid_token']);
      const who = await registrar().registered({}, once);
      expect(await refused(once)).toEqual([401, 'invalid_token']);
      expect(await refused(who.registration_access_token)).toEqual([401, 'invalid_token']);
      await new Promise((done) => setTimeout(done, 1_100));
      expect(await refused(short)).toEqual([401, 'invalid_token']);
    });

    it('a token of three registrations gives three, however many come at once, and none for what is refused', async () => {
      const three = await token('--uses', '3');
      expect((await registrar().register({ redirect_uris: ['x'] }, three)).status).toBe(400);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => registrar().register({ redirect_uris: [REDIRECT] }, three)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        201,
        201,
        201,
        ...Array.from({ length: 9 }, () => 401),
      ]);
    });

    it('DC-07 attack classes 194, 195, 198, 203, 210: addresses inside are not registered where they would be called, by no way', async () => {
      const bearer = await token('--uses', '100');
      const { bothWays } = registrar();
      for (const address of [
        'http://127.0.0.1/x',
        'https://127.0.0.1/x',
        'https://127.1/x',
        'https://2130706433/x',
        'https://0x7f.1/x',
        'https://[::1]/x',
        'https://[::ffff:127.0.0.1]/x',
        'https://169.254.169.254/x',
        'https://10.0.0.1/x',
        'https://localhost/x',
        'https://LOCALHOST./x',
        'https://user@client.example/x',
        'file:///etc/passwd',
        'gopher://client.example/x',
        'ftp://client.example/x',
      ])
        for (const member of ['jwks_uri', 'sector_identifier_uri', 'backchannel_logout_uri']) {
          const outcome = [member, address, 400, 'invalid_client_metadata'];
          for (const answer of await bothWays({ redirect_uris: [REDIRECT], [member]: address }, bearer))
            expect([member, address, answer.status, answer.json().error]).toEqual(outcome);
        }
    });
  },
);

describeServer(
  'RFC 7591 §5: limits of open registration',
  {
    config: {
      registration: { mode: 'open', clients_per_network: 4, clients: 6 },
    },
  },
  (server) => {
    it('attack class 211: a network that registers too many waits, and no more than the quota are ever there', async () => {
      const registrar = registrarOf(server());
      const bearer = (await server().runCommand(['registration-token', '--uses', '100'])).stdout.trim();
      const open = await Promise.all(
        Array.from({ length: 8 }, () => registrar.register({ redirect_uris: [REDIRECT] })),
      );
      expect(open.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 429, 429, 429, 429]);
      expect(Number(open.find(({ status }) => status === 429)?.headers['retry-after'])).toBeGreaterThan(0);
      const statuses: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        statuses.push((await registrar.register({ redirect_uris: [REDIRECT] }, bearer)).status);
      }
      expect(statuses).toEqual([201, 201, 429]);
    });
  },
);

describeServer('registration is off unless it is switched on', {}, (server) => {
  it('attack class 204: nobody registers, and nothing says that one could', async () => {
    const answer = await registrarOf(server()).register({ redirect_uris: [REDIRECT] });
    expect([answer.status, answer.json().error]).toEqual([404, 'not_found']);
    const metadata = (await server().http.get('/.well-known/openid-configuration')).json();
    expect(metadata).not.toHaveProperty('registration_endpoint');
  });
});

const PUBLISHER = 'https://publisher.example';
const publisherKey = await key('publisher-1');

describeServer(
  'RFC 7591 §2.3: software statements',
  {
    config: {
      registration: {
        mode: 'open',
        clients_per_network: 100,
        changes_per_client: 100,
        require_software_statement: true,
        software_statement_issuers: [{ issuer: PUBLISHER, jwks: { keys: [publisherKey.jwk] } }],
      },
    },
  },
  (server) => {
    const statement = (claims: Record<string, unknown>, by = publisherKey.privateKey, header = {}) =>
      new SignJWT({ iss: PUBLISHER, software_id: 'shop', exp: Math.floor(Date.now() / 1_000) + 60, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'publisher-1', ...header })
        .sign(by);
    /** The same for a registration and for a change of one. */
    const outcome = async (software_statement: unknown) => {
      const { register, registered, manage } = registrarOf(server());
      const answer = await register({ redirect_uris: [REDIRECT], software_statement });
      who ??= await registered({ software_statement: await statement({}) });
      const change = { client_id: who.client_id, redirect_uris: [REDIRECT], software_statement };
      const changed = await manage('PUT', who, change);
      expect([changed.status === 200 ? 201 : changed.status, changed.json().error]).toEqual([
        answer.status,
        answer.json().error,
      ]);
      return [answer.status, answer.json().error];
    };
    let who: Registered | undefined;

    it('DC-03 what the statement says wins, and it is echoed (attack class 208)', async () => {
      const said = await statement({ client_name: 'Proven shop', redirect_uris: ['https://proven.example/cb'] });
      const answer = await registrarOf(server()).register({
        redirect_uris: [REDIRECT],
        client_name: 'Print shop',
        software_statement: said,
      });
      expect(answer.json()).toMatchObject({
        client_name: 'Proven shop',
        redirect_uris: ['https://proven.example/cb'],
        software_id: 'shop',
        software_statement: said,
      });
      expect(answer.json()).not.toHaveProperty('iss');
    });

    it('DC-02 invalid_software_statement, unapproved_software_statement, as a change too (attack classes 208, 210)', async () => {
      const stranger = await key('publisher-1');
      const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(`{"iss":"${PUBLISHER}"}`).toString('base64url')}.`;
      const now = Math.floor(Date.now() / 1_000);
      const invalid = [400, 'invalid_software_statement'];
      expect(await outcome(undefined)).toEqual(invalid);
      expect(await outcome(none)).toEqual(invalid);
      expect(await outcome('x')).toEqual(invalid);
      expect(await outcome(7)).toEqual(invalid);
      expect(await outcome(await statement({}, stranger.privateKey))).toEqual(invalid);
      expect(await outcome(await statement({ exp: now - 60 }))).toEqual(invalid);
      expect(await outcome(await statement({ aud: 'https://other.example' }))).toEqual(invalid);
      expect(await outcome(await statement({ iss: 'https://stranger.example' }))).toEqual([
        400,
        'unapproved_software_statement',
      ]);
      expect(await outcome(await statement({ exp: now + 60, aud: server().issuer }))).toEqual([201, undefined]);
    });

    it('DC-02 a statement without end, or that says it is another kind of token, is invalid (attack classes 208, 210)', async () => {
      const invalid = [400, 'invalid_software_statement'];
      expect(await outcome(await statement({ exp: undefined }))).toEqual(invalid);
      for (const typ of ['at+jwt', 'logout+jwt', 'application/dpop+jwt'])
        expect(await outcome(await statement({}, undefined, { typ }))).toEqual(invalid);
      for (const typ of ['JWT', 'application/jwt'])
        expect(await outcome(await statement({}, undefined, { typ }))).toEqual([201, undefined]);
    });
  },
);

describeServer('registration-token where clients cannot register', {}, (server) => {
  it('RFC 7591 §3: gives a token and warns that it opens nothing yet', async () => {
    const { code, stdout, stderr } = await server().runCommand(['registration-token']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^vk_it_\S+\n$/)]);
    expect(stderr).toContain('warning: registration.mode is off');
    const answer = await registrarOf(server()).register({ redirect_uris: [REDIRECT] }, stdout.trim());
    expect(answer.status).toBe(404);
  });
});
