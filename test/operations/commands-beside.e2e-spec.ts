import { setTimeout as wait } from 'node:timers/promises';

import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { eventually, past } from '../support/eventually.js';
import { keysWithSuccessors } from '../support/published-keys.js';
import type { Connection, Server } from '../support/server.js';
import { protectionApi } from '../support/uma.js';
import { PHOTOS } from '../support/world.js';

const CALLERS = 4;
/** After this the next keys may sign, with `publish_ahead` of a second. */
const SEEN_MS = 5_500;

/** What happened to requests that ran all the time. */
interface Load {
  readonly tokens: readonly string[];
  /** What went wrong, in words. */
  readonly refused: readonly string[];
  stop(): Promise<void>;
}

/** Clients that get signed tokens and have them looked at, by introspection and with the keys that were known before. */
function putUnderLoad(server: Server, known: JSONWebKeySet): Load {
  const tokens: string[] = [];
  const refused: string[] = [];
  let isOver = false;
  const call = async () => {
    while (!isOver) {
      const granted = await clientOf(server, 'signed-shop').clientCredentials({ scope: 'photos.read' });
      const token = String(granted.json().access_token);
      const seen = await clientOf(server, 'photo-service').introspect(token);
      if (granted.status !== 200 || seen.json().active !== true) refused.push(`${granted.text} ${seen.text}`);
      await jwtVerify(token, createLocalJWKSet(known), { issuer: server.issuer, audience: PHOTOS }).catch(
        (error: unknown) => refused.push(String(error)),
      );
      tokens.push(token);
    }
  };
  const callers = Array.from({ length: CALLERS }, call);
  const stop = async () => {
    isOver = true;
    await Promise.all(callers);
  };
  return { tokens, refused, stop };
}

const kidOf = (token: string | undefined) => decodeProtectedHeader(token ?? '').kid;

const OPTIONS = { config: { keys: { publish_ahead: '1s' }, log: { level: 'trace', requests: 'all' } } };

describeServer('commands beside a server that serves', OPTIONS, (server) => {
  let load: Load;
  let seen: number;
  beforeAll(async () => {
    load = putUnderLoad(server(), await keysWithSuccessors(server()));
    seen = Date.now() + SEEN_MS;
  });
  afterAll(() => load.stop());
  /** As many requests as the load does while something happens must go on afterwards. */
  const goOn = async () => {
    const before = load.tokens.length;
    for (const end = Date.now() + 60_000; Date.now() < end && load.tokens.length < before + 20; await wait(20));
    expect(load.tokens.length).toBeGreaterThanOrEqual(before + 20);
    expect(load.refused).toEqual([]);
  };

  it('client-secret: both secrets are good, the new one is shown to the caller alone', async () => {
    const { secret: old = '' } = server().world.clients['print-shop'];
    const { code, stdout, stderr } = await server().runCommand(['client-secret', 'print-shop']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^vk_cs_[\w-]{49}\n$/)]);
    expect(stderr).toMatch(/^the secret that print-shop had stays valid until \S+\nthe file \S+ was not changed/);
    for (const secret of [old, stdout.trim()]) {
      const shop = { clientId: 'print-shop', method: 'client_secret_basic', secret } as const;
      const ask = () => clientOf(server(), shop).clientCredentials({ scope: 'photos.read' });
      expect((await eventually(ask, ({ status }) => status === 200)).status).toBe(200);
    }
    expect(server().log()).not.toContain(stdout.trim());
    await goOn();
  });

  it('connect: the tokens work at once, and are shown to the caller alone', async () => {
    const wish = ['--account', 'alice', '--client', 'photo-service', '--scope', 'uma_protection'];
    const { code, stdout, stderr } = await server().runCommand(['connect', ...wish, '--count', '50']);
    expect([code, stderr]).toEqual([0, '']);
    const made = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Connection);
    expect(new Set(made.map((connection) => connection.access_token)).size).toBe(50);
    const pat = protectionApi(server(), made[49]?.access_token ?? '');
    expect(await pat.register({ resource_scopes: ['view'] })).toMatch(/./);
    for (const { access_token: access, refresh_token: refresh = '' } of made)
      for (const secret of [access, refresh]) expect(server().log()).not.toContain(secret);
    await goOn();
  });

  it('what a command complains of reaches the caller with its exit code, as without a server', async () => {
    const wish = ['--account', 'alice', '--client', 'photo-service', '--scope', 'authorizations'];
    expect(await server().runCommand(['connect', ...wish])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'photo-service cannot be connected with the scope "authorizations". The client may not ask for this scope. ' +
        'It is registered for: uma_protection introspect\n',
    });
    const unknown = await server().runCommand(['client-secret', 'nobody']);
    expect([unknown.code, unknown.stderr]).toEqual([1, 'no client that uses a secret is called nobody\n']);
    await goOn();
  });

  it('OC-10 271 rotate-keys: the server signs with the next key, and no token is refused', async () => {
    await past(seen);
    await goOn();
    const old = kidOf(load.tokens.at(-1));
    const { code, stdout } = await server().runCommand(['rotate-keys']);
    expect([code, stdout]).toEqual([0, 'rotated 3 signing keys: ES256, EdDSA, RS256\n']);
    // Another process rotated on PostgreSQL: the server looks every few seconds.
    for (const end = Date.now() + 60_000; Date.now() < end && kidOf(load.tokens.at(-1)) === old; await wait(50));
    expect(kidOf(load.tokens.at(-1))).not.toBe(old);
    await goOn();
  });

  it('commands that come at the same moment as the server stops or starts are done', async () => {
    await load.stop();
    const secrets: string[] = [];
    const command = async (delay: number) => {
      await wait(delay);
      const { code, stdout, stderr } = await server().runCommand(['client-secret', 'other-shop']);
      expect([delay, code, stderr]).toEqual([delay, 0, expect.any(String)]);
      secrets.push(stdout.trim());
    };
    await Promise.all([server().restart(), command(0), command(700)]);
    for (const secret of secrets) {
      const shop = { clientId: 'other-shop', method: 'client_secret_post', secret } as const;
      const ask = () => clientOf(server(), shop).clientCredentials({ scope: 'photos.read' });
      expect((await eventually(ask, ({ status }) => status === 200)).status).toBe(200);
    }
  });
});
