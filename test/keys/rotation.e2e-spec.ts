import { setTimeout as wait } from 'node:timers/promises';

import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';

import { changeSettings } from '../configuration/settings-file.js';
import { clientOf } from '../support/client.js';
import { describeEngines } from '../support/engines.js';
import { changeStored, query } from '../support/database-content.js';
import { eventually } from '../support/eventually.js';
import { keysWithSuccessors, publishedKeys } from '../support/published-keys.js';
import { type SecondServer, startSecond } from '../support/second-server.js';
import { type Engine, type Server, startServer } from '../support/server.js';
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
/** Makes the next keys as old as if they had been published long ago. */
const publishedLongAgo = (server: Server): Promise<void> =>
  changeStored(server, `UPDATE signing_key SET created_at = created_at - 60000 WHERE state = 'next'`);
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
  });
  afterAll(() => server?.dispose());

  const signers = new Set<string>();

  it('publishes each key before it signs, keeps it while its tokens live, and refuses no token', async () => {
    const sights: Sight[] = [];
    const tokens: { at: number; token: string }[] = [];
    const isOver = () => signers.size >= 4;
    // What was asked slowly may have ended before the answer: nothing is wrong then.
    const lives = ({ at }: { at: number }) => Date.now() < at + LIFETIME_MS - 1_000;
    const stillVerifies = async (one: { at: number; token: string }, jwks: JSONWebKeySet) => {
      const failure = await verify(one.token, jwks, server.issuer).then(() => undefined, String);
      if (lives(one)) expect(failure).toBeUndefined();
    };
    for (const end = Date.now() + 60_000; Date.now() < end && !isOver(); await wait(40)) {
      sights.push({ at: Date.now(), jwks: await publishedKeys(server) });
      const before = Date.now();
      const token = await signed(server);
      const after = Date.now();
      tokens.push({ at: before, token });
      signers.add(kidOf(token));
      // A resource server that has looked at the keys within the time they are published ahead knows this one.
      const earlier = sights.find((sight) => sight.at >= after - AHEAD_MS + 200);
      if (earlier) await stillVerifies({ at: before, token }, earlier.jwks);
      const oldest = tokens.find(({ at }) => at > Date.now() - LIFETIME_MS + 1_200);
      if (oldest) {
        const active = await isActive(server, oldest.token);
        if (lives(oldest)) expect(active).toBe(true);
        await stillVerifies(oldest, await publishedKeys(server));
      }
    }
    expect(isOver()).toBe(true);
    for (const { jwks } of sights) expect(jwks.keys.every((key) => key.d === undefined)).toBe(true);
    // The last token of the first ended long ago; its key stays for a node whose clock is behind.
    expect(kidsOf(await publishedKeys(server))).toEqual(expect.arrayContaining([...signers]) as string[]);
  });

  it('retires a key when its time has come: it is published no more, and its private part is gone', async () => {
    await server.stop();
    await query(server, `UPDATE signing_key SET expires_at = 1 WHERE state = 'retiring'`);
    await server.restart();
    const [first = ''] = signers;
    for (const end = Date.now() + 60_000; Date.now() < end; await wait(100))
      if (!kidsOf(await publishedKeys(server)).includes(first)) break;
    expect(kidsOf(await publishedKeys(server))).not.toContain(first);
    expect(await isActive(server, await signed(server))).toBe(true);
    await server.stop();
    const rows = await query(server, `SELECT state, private_key FROM signing_key WHERE kid = '${first}'`);
    expect(rows).toEqual([{ state: 'retired', private_key: null }]);
  });
});

describeEngines('OC-10: an algorithm that is taken out of the configuration', (engine: Engine) => {
  let server: Server;
  beforeAll(async () => {
    const keys = { algorithms: ['ES256', 'EdDSA'], signing_algorithm: 'EdDSA' };
    server = await startServer({ engine, config: { keys, jobs: { rotate_check_every: '100ms' } } });
  });
  afterAll(() => server?.dispose());
  const algorithms = async () => (await publishedKeys(server)).keys.map((key) => key.alg ?? key.crv).sort();

  it('OC-10 what it signed is good until it ends; then its key is published no more and its private part is gone', async () => {
    await keysWithSuccessors(server);
    const token = await signed(server);
    await server.stop();
    await changeSettings(server, (settings) => {
      settings.keys = { ...(settings.keys as object), algorithms: ['ES256'], signing_algorithm: 'ES256' };
    });
    await server.restart();
    expect(await algorithms()).toEqual(['ES256', 'ES256', 'Ed25519']);
    expect(await isActive(server, token)).toBe(true);
    await verify(token, await publishedKeys(server), server.issuer);
    expect(decodeProtectedHeader(await signed(server)).alg).toBe('ES256');
    const metadata = (await server.http.get('/.well-known/oauth-authorization-server')).json();
    expect(metadata.access_token_signing_alg_values_supported).toEqual(['ES256']);
    await server.stop();
    await query(server, `UPDATE signing_key SET expires_at = 1 WHERE state = 'retiring'`);
    await server.restart();
    for (
      const end = Date.now() + 60_000;
      Date.now() < end && (await algorithms()).includes('Ed25519');
      await wait(100)
    );
    expect(await algorithms()).toEqual(['ES256', 'ES256']);
    expect(await isActive(server, token)).toBe(false);
    await server.stop();
    const kept = `SELECT kid FROM signing_key WHERE algorithm = 'EdDSA' AND private_key IS NOT NULL`;
    expect(await query(server, kept)).toEqual([]);
  });
});

describeEngines('OC-10: key rotation by the command', (engine: Engine) => {
  let server: Server;
  beforeAll(async () => {
    const keys = { signing_algorithm: 'RS256', publish_ahead: '1s' };
    server = await startServer({ engine, config: { keys } });
  });
  afterAll(() => server?.dispose());

  const rotate = (...options: string[]) => server.runCommand(['rotate-keys', ...options]);

  it('signs with the key that was published before, and keeps what was signed before good', async () => {
    const [before, old] = [await keysWithSuccessors(server), await signed(server)];
    await publishedLongAgo(server);
    expect(await rotate()).toEqual({
      code: 0,
      stdout: 'rotated 3 signing keys: ES256, EdDSA, RS256\n',
      stderr: '',
    });
    const token = await signedWithAnother(server, kidOf(old));
    expect(kidsOf(before)).toContain(kidOf(token));
    expect([await isActive(server, old), await isActive(server, token)]).toEqual([true, true]);
    const after = await publishedKeys(server);
    for (const each of [old, token]) await verify(each, after, server.issuer);
    expect(after.keys).toHaveLength(9); // of each algorithm: one that retires, one that signs, one that is next
    expect(kidsOf(after).filter((kid) => !kidsOf(before).includes(kid))).toHaveLength(3);
  });

  it('271 tells verifiers to keep the keys no longer than they are published ahead', async () => {
    const { headers } = await server.http.get('/jwks');
    expect(headers['cache-control']).toBe('public, max-age=0');
  });

  it('keeps all that over a restart', async () => {
    const [before, token] = [await publishedKeys(server), await signed(server)];
    await server.restart();
    expect(await publishedKeys(server)).toEqual(before);
    expect(await isActive(server, token)).toBe(true);
    expect(kidOf(await signed(server))).toBe(kidOf(token));
  });
});

describeEngines('OC-10: the command again and again', (engine: Engine) => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ engine });
    await keysWithSuccessors(server);
  });
  afterAll(() => server?.dispose());
  const rotate = (...options: string[]) => server.runCommand(['rotate-keys', ...options]);

  const leavesAll = async () => {
    const [before, old] = [await publishedKeys(server), kidOf(await signed(server))];
    const { code, stdout, stderr } = await rotate();
    expect([code, stdout]).toEqual([1, '']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['ES256', 'EdDSA', 'RS256']);
    for (const line of lines) {
      const [, published = '', from = ''] = /was published at (\S+) and may sign from (\S+) on/.exec(line) ?? [];
      expect(Date.parse(from) - Date.parse(published)).toBe(65_000);
      expect(Math.abs(Date.parse(published) - Date.now())).toBeLessThan(65_000);
    }
    expect(await publishedKeys(server)).toEqual(before);
    expect(kidOf(await signed(server))).toBe(old);
  };

  it('271 leaves keys alone that were published a moment ago, says from when on each may sign, and ends with 1', async () => {
    await leavesAll();
    const { headers } = await server.http.get('/jwks');
    expect(headers['cache-control']).toBe('public, max-age=60');
  });

  it('271 rotates at once when it is forced, and then leaves the newer ones alone again', async () => {
    const old = await signed(server);
    expect(await rotate('--force')).toEqual({
      code: 0,
      stdout: 'rotated 3 signing keys: ES256, EdDSA, RS256\n',
      stderr: '',
    });
    const token = await signedWithAnother(server, kidOf(old));
    expect([await isActive(server, old), await isActive(server, token)]).toEqual([true, true]);
    await leavesAll();
  });
});

/** A token that is signed with another key than that; the server looks at the keys every few seconds. */
async function signedWithAnother(server: Server, kid: string): Promise<string> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(100)) {
    const token = await signed(server);
    if (kidOf(token) !== kid) return token;
    await verify(token, await publishedKeys(server), server.issuer);
  }
  throw new Error('The server went on to sign with the old key');
}

describe('OC-10: key rotation while two servers share one database (postgres)', () => {
  let first: Server;
  let second: Server;
  let beside: SecondServer;
  beforeAll(async () => {
    first = await startServer({ engine: 'postgres', config: { keys: { publish_ahead: '12s' } } });
    beside = await startSecond(first);
    second = beside.server;
  });
  afterAll(async () => {
    await beside?.stop();
    await first?.dispose();
  });

  it('neither refuses a token of the other, nor signs with a key that the other does not publish', async () => {
    const servers = [first, second];
    const known = await keysWithSuccessors(first);
    expect(await keysWithSuccessors(second)).toEqual(known);
    const old = kidOf(await signed(first));
    await publishedLongAgo(first);
    expect((await first.runCommand(['rotate-keys'])).code).toBe(0);
    const now = new Map<Server, string>();
    for (
      const end = Date.now() + 60_000;
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
  });

  it('rotates once when both try at the same time', async () => {
    await publishedLongAgo(first);
    const [before, old] = [kidsOf(await publishedKeys(first)), kidOf(await signed(first))];
    const results = await Promise.all([first.runCommand(['rotate-keys']), first.runCommand(['rotate-keys'])]);
    // Each algorithm is rotated by one of them; who did not rotate all of them says so.
    expect(results.map((result) => result.code)).toContain(1);
    const said = results.map(({ stdout, stderr }) => stdout + stderr).join('');
    for (const algorithm of ['ES256', 'EdDSA', 'RS256']) {
      expect(said.match(new RegExp(`${algorithm} was not rotated`, 'g'))).toHaveLength(1);
      expect(said.match(new RegExp(`rotated \\d signing keys: .*${algorithm}`, 'g'))).toHaveLength(1);
    }
    const next = await signedWithAnother(first, old);
    expect(await isActive(second, next)).toBe(true);
    // The other server looks for new keys now and then.
    const after = kidsOf(
      await eventually(
        () => publishedKeys(second),
        ({ keys }) => keys.length > before.length,
      ),
    );
    expect(after).toEqual(expect.arrayContaining(before) as string[]);
    expect(after).toHaveLength(before.length + 3);
  });
});
