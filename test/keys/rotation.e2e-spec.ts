import { setTimeout as wait } from 'node:timers/promises';

import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';

import { clientOf } from '../support/client.js';
import { describeEngines } from '../support/engines.js';
import { freePort } from '../support/free-port.mjs';
import { httpFor } from '../support/http.js';
import { keysWithSuccessors, publishedKeys } from '../support/published-keys.js';
import { type Engine, type Server, startServer } from '../support/server.js';
import { ServerProcess } from '../support/server-process.js';
import { textMember } from '../support/uma.js';
import { PHOTOS } from '../support/world.js';

interface Sight {
  readonly at: number;
  readonly jwks: JSONWebKeySet;
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
const kidsOf = (jwks: JSONWebKeySet) => jwks.keys.map((key) => key.kid ?? '');
const signed = async (server: Server) => {
  const answer = await clientOf(server, 'signed-shop').clientCredentials({ scope: 'photos.read' });
  return textMember(answer, 200, 'access_token');
};
const isActive = async (server: Server, token: string) =>
  (await clientOf(server, 'photo-service').introspect(token)).json().active;
const verify = (token: string, jwks: JSONWebKeySet, issuer: string) =>
  jwtVerify(token, createLocalJWKSet(jwks), { issuer, audience: PHOTOS, typ: 'at+jwt' });

describeEngines('OC-10: key rotation by the job', (engine: Engine) => {
  const LIFETIME_MS = 2_000;
  const AHEAD_MS = 1_000;
  let server: Server;
  beforeAll(async () => {
    const keys = { rotate_every: '2s', publish_ahead: '1s', algorithms: ['EdDSA'], signing_algorithm: 'EdDSA' };
    const config = {
      keys,
      jobs: { rotate_check_every: '100ms' },
      tokens: { access_token_lifetime: '2s', rpt_lifetime: '2s' },
    };
    server = await startServer({ engine, config });
  }, 60_000);
  afterAll(() => server?.dispose());

  it('publishes each key before it signs, keeps it while its tokens live, retires it, and refuses no token', async () => {
    const sights: Sight[] = [];
    const tokens: { at: number; token: string }[] = [];
    const signers = new Set<string>();
    const isOver = () =>
      signers.size >= 3 && !kidsOf(sights.at(-1)?.jwks ?? { keys: [] }).includes([...signers][0] ?? '');
    for (const end = Date.now() + 20_000; Date.now() < end && !isOver(); await wait(40)) {
      sights.push({ at: Date.now(), jwks: await publishedKeys(server) });
      const before = Date.now();
      const token = await signed(server);
      tokens.push({ at: before, token });
      signers.add(kidOf(token));
      // A resource server that has looked at the keys within the time they are published ahead knows this one.
      const earlier = sights.filter((sight) => sight.at <= before - AHEAD_MS + 200).at(-1);
      if (earlier) await verify(token, earlier.jwks, server.issuer);
      const oldest = tokens.find(({ at }) => at > Date.now() - LIFETIME_MS + 1_200);
      if (oldest && Date.now() < oldest.at + LIFETIME_MS - 1_000) {
        expect(await isActive(server, oldest.token)).toBe(true);
        await verify(oldest.token, await publishedKeys(server), server.issuer);
      }
    }
    expect(isOver()).toBe(true);
    for (const { jwks } of sights) expect(jwks.keys.every((key) => key.d === undefined)).toBe(true);
  }, 40_000);
});

describeEngines('OC-10: key rotation by the command', (engine: Engine) => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ engine, config: { keys: { signing_algorithm: 'RS256' } } });
  }, 60_000);
  afterAll(() => server?.dispose());

  const rotate = async () => {
    if (engine === 'sqlite') await server.stop();
    const result = await server.runCommand(['rotate-keys']);
    expect([result.code, result.stderr]).toEqual([0, '']);
    expect(result.stdout).toContain('3');
    if (engine === 'sqlite') await server.restart();
  };

  it('signs with the key that was published before, and keeps what was signed before good', async () => {
    const [before, old] = [await keysWithSuccessors(server), await signed(server)];
    await rotate();
    const token = await signedWithAnother(server, kidOf(old));
    expect(kidsOf(before)).toContain(kidOf(token));
    expect([await isActive(server, old), await isActive(server, token)]).toEqual([true, true]);
    const after = await publishedKeys(server);
    for (const each of [old, token]) await verify(each, after, server.issuer);
    expect(after.keys).toHaveLength(9); // of each algorithm: one that retires, one that signs, one that is next
    expect(kidsOf(after).filter((kid) => !kidsOf(before).includes(kid))).toHaveLength(3);
  }, 40_000);

  it('keeps all that over a restart', async () => {
    const [before, token] = [await publishedKeys(server), await signed(server)];
    await server.restart();
    expect(await publishedKeys(server)).toEqual(before);
    expect(await isActive(server, token)).toBe(true);
    expect(kidOf(await signed(server))).toBe(kidOf(token));
  });
});

/** A token that is signed with another key than that; the server looks at the keys every few seconds. */
async function signedWithAnother(server: Server, kid: string): Promise<string> {
  for (const end = Date.now() + 10_000; Date.now() < end; await wait(100)) {
    const token = await signed(server);
    if (kidOf(token) !== kid) return token;
    await verify(token, await publishedKeys(server), server.issuer);
  }
  throw new Error('The server went on to sign with the old key');
}

describe('OC-10: key rotation while two servers share one database (postgres)', () => {
  let first: Server;
  let second: Server;
  let process: ServerProcess;
  beforeAll(async () => {
    first = await startServer({ engine: 'postgres' });
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const env = { VALETKEY_LISTEN_PORT: String(port) };
    process = new ServerProcess(address, ['serve', '--config', `${first.directory}/valetkey.yaml`], env);
    await process.start();
    second = { ...first, http: httpFor(address) };
  }, 60_000);
  afterAll(async () => {
    await process?.kill('SIGTERM');
    await first?.dispose();
  });

  it('neither refuses a token of the other, nor signs with a key that the other does not publish', async () => {
    const servers = [first, second];
    const known = await keysWithSuccessors(first);
    expect(await keysWithSuccessors(second)).toEqual(known);
    const old = kidOf(await signed(first));
    expect((await first.runCommand(['rotate-keys'])).code).toBe(0);
    const now = new Map<Server, string>();
    for (
      const end = Date.now() + 12_000;
      Date.now() < end && ![...servers].every((one) => (now.get(one) ?? old) !== old);
    )
      for (const [index, signer] of servers.entries()) {
        const token = await signed(signer);
        now.set(signer, kidOf(token));
        await verify(token, known, first.issuer);
        await verify(token, await publishedKeys(servers[1 - index] as Server), first.issuer);
        for (const reader of servers) expect(await isActive(reader, token)).toBe(true);
        await wait(50);
      }
    const [one, other] = servers.map((each) => now.get(each));
    expect(one).not.toBe(old);
    expect(one).toBe(other);
  }, 40_000);

  it('rotates once when both try at the same time', async () => {
    const [before, old] = [await publishedKeys(first), kidOf(await signed(first))];
    const results = await Promise.all([first.runCommand(['rotate-keys']), first.runCommand(['rotate-keys'])]);
    expect(results.map((result) => result.code)).toEqual([0, 0]);
    const next = await signedWithAnother(first, old);
    expect(await isActive(second, next)).toBe(true);
    const states = await publishedKeys(second);
    expect(kidsOf(states)).toEqual(expect.arrayContaining(kidsOf(before)) as string[]);
  }, 40_000);
});
