import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { JSONWebKeySet } from 'jose';

import { clientOf } from '../support/client.js';
import { describeEngines } from '../support/engines.js';
import { keysWithSuccessors } from '../support/published-keys.js';
import { type Server, startServer } from '../support/server.js';
import { runProgram } from '../support/server-process.js';
import { storedRows } from '../support/stored-rows.js';
import { textMember } from '../support/uma.js';

/** Object identifiers that every unencrypted private key has: EC, Ed25519, RSA. */
const KEY_IDENTIFIERS = ['06072a8648ce3d0201', '06032b6570', '06092a864886f70d010101'];
const CONNECTIONS = [{ account: 'alice', client: 'print-shop', scope: 'photos.read' }];

interface KeyRow {
  readonly kid: string;
  readonly public_jwk: string;
  readonly private_key: string | null;
}

describeEngines('OC-10: keys at rest', (engine) => {
  let server: Server;
  let published: JSONWebKeySet;
  let token: string;
  let rows: Map<string, object[]>;
  beforeAll(async () => {
    server = await startServer({ engine, connections: CONNECTIONS });
    published = await keysWithSuccessors(server);
    const granted = await clientOf(server, 'print-shop').clientCredentials({ scope: 'photos.read' });
    token = textMember(granted, 200, 'access_token');
    await server.stop();
    rows = await storedRows(engine, server);
  });
  afterAll(() => server?.dispose());

  it('OC-10 keeps private keys encrypted, each on its own', () => {
    const keys = (rows.get('signing_key') ?? []) as KeyRow[];
    expect(keys.map((key) => key.kid).sort()).toEqual(published.keys.map((key) => key.kid).sort());
    expect(new Set(keys.map((key) => key.private_key)).size).toBe(keys.length);
    for (const { public_jwk: jwk, private_key: sealed } of keys) {
      expect(sealed).toMatch(/^[\w-]{100,}$/);
      expect(JSON.parse(jwk)).not.toHaveProperty('d');
      const bytes = Buffer.from(sealed ?? '', 'base64url');
      expect(bytes.toString('latin1')).not.toContain('PRIVATE');
      for (const identifier of KEY_IDENTIFIERS) expect(bytes.toString('hex')).not.toContain(identifier);
    }
  });

  it('keeps nothing of the key that encrypts them, no token and no secret in any table', async () => {
    const dump = JSON.stringify([...rows]);
    const encryptionKey = (await readFile(join(server.directory, 'key-encryption-key'), 'utf8')).trim();
    const { access_token: access, refresh_token: refresh = '' } = server.connections[0] ?? { access_token: '' };
    const secrets = Object.values(server.world.clients).flatMap(({ secret }) => secret ?? []);
    const asHex = Buffer.from(encryptionKey, 'base64url').toString('hex');
    for (const value of [encryptionKey, asHex, token, access, refresh, ...secrets])
      expect(dump).not.toContain(JSON.stringify(value).slice(1, -1));
    expect(dump).not.toMatch(/PRIVATE KEY|vk_(at|rt|rpt|tk|pct|cs|dc)_/);
  });

  it('refuses to start with another key-encryption key, and names none', async () => {
    const other = Buffer.alloc(32, 7).toString('base64url');
    const file = (name: string) => join(server.directory, name);
    const settings = JSON.parse(await readFile(file('valetkey.yaml'), 'utf8')) as { keys: object };
    await writeFile(file('other-key'), other, { mode: 0o600 });
    const keys = { ...settings.keys, encryption_key: { file: './other-key' } };
    await writeFile(file('other.yaml'), JSON.stringify({ ...settings, keys }));
    const result = await runProgram(['serve', '--config', file('other.yaml')]);
    expect(result.code).not.toBe(0);
    expect(result.stdout + result.stderr).toMatch(/key-encryption key|encryption_key/);
    expect(result.stdout + result.stderr).not.toContain(other);
  });
});
