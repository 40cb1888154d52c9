import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { freePort } from '../support/free-port.mjs';
import { type Server, startServer } from '../support/server.js';
import { ownerApi, textMember } from '../support/uma.js';

const README = 'libs/resource-server/README.md';
const READY_MS = 20_000;

/** The program in the README, run as it stands but for the addresses. */
describe(`the protected API of ${README}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-readme-'));
  const program = /```js\n([\s\S]*?)```/.exec(readFileSync(README, 'utf8'))?.[1] ?? '';
  let server: Server;
  let album: string;
  let running: ChildProcess | undefined;

  beforeAll(async () => {
    server = await startServer({
      engine: 'sqlite',
      connections: [
        { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
        { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
      ],
    });
    const port = await freePort();
    album = `http://127.0.0.1:${port}/albums/winter`;
    const addresses = program.replace('http://127.0.0.1:8080', server.issuer).replaceAll('8081', String(port));
    for (const name of ['dist', 'node_modules']) symlinkSync(resolve(name), join(folder, name));
    mkdirSync(join(folder, 'data', 'secrets'), { recursive: true });
    writeFileSync(join(folder, 'data', 'albums.mjs'), addresses);
    writeFileSync(join(folder, 'data', 'secrets', 'photo-service'), server.world.clients['photo-service'].secret ?? '');
    writeFileSync(join(folder, 'data', 'alice-photos.json'), JSON.stringify(server.connections[0]));
  });
  afterAll(async () => {
    running?.kill('SIGKILL');
    await server.dispose();
    rmSync(folder, { recursive: true });
  });

  const start = async () => {
    running?.kill('SIGKILL');
    const child = spawn(process.execPath, ['data/albums.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
    const deadline = Date.now() + READY_MS;
    while (!output.includes(' at http://')) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`It did not start:\n${output}`);
      await wait(50);
    }
  };
  const look = (rpt?: string) => fetch(album, rpt === undefined ? {} : { headers: { authorization: `Bearer ${rpt}` } });

  it('is not longer than one can read', () => {
    expect(program.split('\n').length).toBeLessThanOrEqual(45);
  });

  it('refuses with a ticket who brings no token, and shows the album to whom alice allows it', async () => {
    await start();
    const refused = await look();
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^UMA realm="photos", as_uri="http/),
    ]);
    const { ticket } = (await refused.json()) as { ticket: string };

    const [, owner] = server.connections;
    await ownerApi(server, owner?.access_token ?? '').share({
      resource_id: readFileSync(join(folder, 'data', 'album-id'), 'utf8'),
      subject: { type: 'client' },
      client_id: 'print-shop',
      scopes: ['view'],
    });
    const rpt = textMember(await clientOf(server, 'print-shop').rpt(ticket), 200, 'access_token');
    const shown = await look(rpt);
    expect([shown.status, await shown.json()]).toEqual([
      200,
      { album: 'Winter album', photos: ['First snow'], shown_to: 'print-shop' },
    ]);

    // Started again, it goes on with the refresh token and the album that it kept.
    await start();
    expect((await look(rpt)).status).toBe(200);
  });

  it('has nothing at an address that is none', async () => {
    expect((await fetch(`${album}-2`)).status).toBe(404);
  });
});
