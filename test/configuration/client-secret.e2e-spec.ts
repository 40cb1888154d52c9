import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { outcome } from '../owner-api/owners.js';
import { dump } from './settings-file.js';

const OVERLAP = 8_000;

describeServer('valetkey client-secret', { config: { tokens: { client_secret_overlap: '8s' } } }, (server) => {
  const asShop = async (secret: string) => {
    const shop = { clientId: 'print-shop', method: 'client_secret_basic', secret } as const;
    return outcome(await clientOf(server(), shop).clientCredentials({ scope: 'photos.read' }));
  };

  it('makes a second secret; both are valid for the overlap, then the new one alone, also after a start on the old file', async () => {
    const { secret: old = '' } = server().world.clients['print-shop'];
    expect(await asShop(old)).toBe('200');
    const made = await server().runCommand(['client-secret', 'print-shop']);
    const ended = Date.now() + OVERLAP;
    const file = join(server().directory, 'secrets', 'print-shop');
    const [, until = '', configured] = made.stderr.split(/^the secret that print-shop had stays valid until (\S+)\n/);
    expect(Math.abs(Date.parse(until) - ended)).toBeLessThan(OVERLAP);
    expect(configured).toBe(`the file ${file} was not changed: put the new secret there before that\n`);
    expect(await readFile(file, 'utf8')).toBe(old);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^vk_cs_[\w-]{49}\n$/);
    const fresh = made.stdout.trim();
    await knows(fresh);
    if (Date.now() < ended - 500) expect(await asShop(old)).toBe('200');
    await wait(Math.max(0, ended - Date.now()) + 600);
    expect(await asShop(old)).toBe('401 invalid_client');
    expect(await asShop(fresh)).toBe('200');
    // The file still holds the old secret: it must neither come back nor end the new one.
    await server().restart();
    expect(await asShop(old)).toBe('401 invalid_client');
    await server().stop();
    const rows = await dump(server());
    const living = rows['client_secret']?.filter(
      (row) => row.includes('"print-shop"') && row.includes('"expires_at":null'),
    );
    expect(living).toHaveLength(1);
    const stored = JSON.stringify(rows);
    for (const secret of [old, fresh]) {
      expect(server().log()).not.toContain(secret);
      expect(stored).not.toContain(secret);
    }
  });

  /** Another process made it: on PostgreSQL the server looks at a client again after half a second. */
  const knows = async (secret: string) => {
    for (const end = Date.now() + 60_000; Date.now() < end && (await asShop(secret)) !== '200'; await wait(50));
    expect(await asShop(secret)).toBe('200');
  };

  it.each([
    ['a client that there is not', ['nobody'], 'no client that uses a secret is called nobody'],
    ['a client that uses a key', ['signed-shop'], 'no client that uses a secret is called signed-shop'],
  ])('refuses %s in one line', async (_what, names, message) => {
    await server().stop();
    const result = await server().runCommand(['client-secret', ...names]);
    expect(result).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });
});
