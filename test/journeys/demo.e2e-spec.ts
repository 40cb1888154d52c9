import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  ended,
  fourFreePorts,
  isFree,
  observed,
  type Observed,
  passwordOf,
  said,
  signedIn,
  START,
  stop,
  STORY,
  until,
} from '../support/demo.js';
import { FormBrowser } from '../support/form-browser.js';

/** The demo as `npm start` and `npm run demo` run it, from what is built already: no terminal, own ports, own folder. */
describe('journey: the demo', () => {
  const data = mkdtempSync(join(tmpdir(), 'valetkey-demo-'));
  let port: number;
  let running: Observed | undefined;

  beforeAll(async () => {
    port = await fourFreePorts();
  });
  afterAll(async () => {
    if (running) await stop(running);
    rmSync(data, { recursive: true, force: true });
  });

  const environment = () => ({ ...process.env, VALETKEY_DEMO_PORT: String(port), VALETKEY_DEMO_DATA: data });
  const run = (...args: string[]) => observed(args, environment());
  const start = async () => {
    running = observed([START, '--no-build'], environment());
    await said(running, 'Try next');
    return running;
  };
  const albums = async () => (await (await fetch(`http://127.0.0.1:${port + 1}/albums`)).json()) as object[];

  /** What alice still lets a client do with things of hers. */
  const givenTo = async (clientId: string) => {
    const token = (await ended(run(STORY, 'token'))).output.trim();
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`http://127.0.0.1:${port}/me/authorizations`, { headers });
    const { items } = (await answer.json()) as { items: { state: string; client: { client_id: string } }[] };
    return items.filter(({ state, client }) => state === 'active' && client.client_id === clientId);
  };

  let firstAlbums: object[];

  it('starts all its programs in an empty folder and says where they are', async () => {
    const demo = await start();
    for (const offset of [0, 1, 2, 3]) expect(demo.output()).toContain(`http://127.0.0.1:${port + offset}`);
    for (const offset of [1, 2, 3]) {
      const answer = await fetch(`http://127.0.0.1:${port + offset}/`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    }
    for (const username of ['alice', 'bob', 'carol', 'oscar']) {
      expect(passwordOf({ port, data }, username)).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
      expect(demo.output()).toMatch(new RegExp(`${username} +${passwordOf({ port, data }, username)}`));
    }
    firstAlbums = await albums();
    expect(firstAlbums).toEqual([
      expect.objectContaining({ id: 'winter', resource_id: expect.any(String) as unknown }),
      expect.objectContaining({ id: 'garden', resource_id: expect.any(String) as unknown }),
    ]);
  });

  it.each([
    ['oscar', 200],
    ['alice', 403],
  ])('the operator’s console for %s: %i', async (username, status) => {
    const server = `http://127.0.0.1:${port}`;
    const browser = new FormBrowser(server);
    const password = passwordOf({ port, data }, username);
    const page = await browser.submit(await browser.open(`${server}/operator/`), { username, password });
    expect([page.status, page.url]).toEqual([status, `${server}/operator/`]);
  });

  it('keeps its secrets where nobody else can read them', () => {
    const isSecret = (file: string) => file.startsWith('secrets/') || file.startsWith('connection-');
    const secrets = (readdirSync(data, { recursive: true }) as string[]).filter(isSecret);
    expect(secrets.length).toBeGreaterThanOrEqual(12);
    expect(secrets.filter((file) => statSync(join(data, file)).mode & 0o077)).toEqual([]);
  });

  it('says on top of the configuration that it makes what it is and where to change things', () => {
    expect(readFileSync(join(data, 'valetkey.yaml'), 'utf8')).toMatch(
      /^#.*demo's authorization server.\n#\n#.*WRITTEN ANEW AT EVERY START.*\n#.*apps\/demo\/valetkey.demo.yaml/,
    );
  });

  it('introduces everybody, tells the whole story, shortens every token, and writes no colours without a terminal', async () => {
    const { code, output } = await ended(run(STORY));
    expect({ code, output }).toMatchObject({ code: 0 });
    const [introduction = ''] = output.split('── 1.');
    for (const name of ['alice ', 'alice’s app ', 'photo service ', 'print shop ', 'bob ', 'partner '])
      expect(introduction).toContain(`\n  ${name}`);
    for (const word of [
      'code_challenge_method = S256',
      'a page, “Sign in to Print shop? · Valetkey”',
      'grant_type = authorization_code',
      '"amr": ["pwd"]',
      '"name": "Bob Baker"',
      'error = login_required',
      'need_info',
      'request_submitted',
      'UMA realm="photos"',
      '"active":false',
      'took it back',
      'npm run demo -- requests',
    ]) {
      expect(output).toContain(word);
    }
    expect(output).not.toMatch(/vk_[a-z]+_[A-Za-z0-9_-]{20}|eyJ[A-Za-z0-9_-]{20}/);
    expect(output).not.toContain(passwordOf({ port, data }, 'bob'));
    expect(output).not.toContain('\u001b');
    expect(await albums()).toEqual(firstAlbums);
  });

  it('tells the story as often as one likes', async () => {
    for (const time of ['second', 'third'])
      expect({ time, ...(await ended(run(STORY))) }).toMatchObject({ time, code: 0 });
    expect(await albums()).toEqual(firstAlbums);
  });

  it('tells only how bob signs in and out, as often as one likes', async () => {
    for (const time of ['first', 'second']) {
      const { code, output } = await ended(run(STORY, 'sign-in'));
      expect({ time, code, output }).toMatchObject({ time, code: 0 });
      expect(output).toContain('── 6. Bob signs out');
      expect(output).not.toContain('need_info');
    }
  });

  it('tells how bob says at the server who he is, as often as one likes, and leaves nothing behind', async () => {
    for (const time of ['first', 'second']) {
      const { code, output } = await ended(run(STORY, 'claims'));
      expect({ time, code, output }).toMatchObject({ time, code: 0 });
      for (const word of [
        '"redirect_user": ',
        `claims_redirect_uri = http://127.0.0.1:${port + 2}/claims`,
        'which shows: Bob Baker, bob, bob@partner.example',
        'email.declined = yes',
        '"error": "request_submitted"',
        '── 15. This time the token comes at once',
        '{"active":false}',
        'a page, “You are signed out · Valetkey”',
      ])
        expect(output).toContain(word);
      expect(output).not.toMatch(/vk_[a-z]+_[A-Za-z0-9_-]{20}/);
      expect(output).not.toContain(passwordOf({ port, data }, 'bob'));
    }
    expect(await albums()).toEqual(firstAlbums);
    expect((await ended(run(STORY, 'requests'))).output).toContain('Nothing waits for alice.');
    expect(await givenTo('print-shop')).toEqual([]);
  });

  it('leaves nothing behind when the story is stopped in the middle', async () => {
    const story = run(STORY);
    await said(story, 'request_submitted');
    story.process.kill('SIGINT');
    expect(await ended(story)).toMatchObject({ code: 1 });
    expect(await albums()).toEqual(firstAlbums);
    expect((await ended(run(STORY, 'requests'))).output).toContain('Nothing waits for alice.');
  });

  const photo = (album: string) => `http://127.0.0.1:${port + 1}/albums/${album}/photos/1`;
  const shopUrl = () => `http://127.0.0.1:${port + 2}`;
  let bob: FormBrowser;
  /** Asks at the shop, as bob who is signed in. */
  const order = async (of: string, by = bob) => by.submit(await by.open(`${shopUrl()}/`), { photo: of });
  const newAlbum = async (title: string) => {
    const authorization = `Bearer ${readFileSync(join(data, 'secrets', 'owner-key'), 'utf8').trim()}`;
    const answer = await fetch(`http://127.0.0.1:${port + 1}/albums`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    });
    return ((await answer.json()) as { id: string }).id;
  };
  const pageSays = (page: string, text: string) => until(async () => (await bob.open(page)).text.includes(text));

  it('serves a customer of the print shop in a browser once alice has agreed', async () => {
    bob = (await signedIn({ port, data }, 'bob')).browser;
    expect((await order(`http://127.0.0.1:${port}/health/ready`)).status).toBe(400);
    const { url } = await order(photo('winter'));
    await pageSays(url, `VALETKEY_DEMO_PORT=${port} VALETKEY_DEMO_DATA=${data} npm run demo -- approve`);
    const { code, output } = await ended(run(STORY, 'approve'));
    expect(code).toBe(0);
    expect(output).toContain(
      'Approved: Bob Baker, at Print shop, would like to view and print “Winter in the mountains”',
    );
    await pageSays(url, 'It is printed.');
    expect((await bob.open(`${url}/photo`)).status).toBe(200);
  });

  it('shows an order to the one who signed in and ordered, and to nobody else', async () => {
    const carol = await signedIn({ port, data }, 'carol');
    expect(carol.page.text).toContain('Carol Cook');
    expect(carol.page.text).not.toContain('/orders/1');
    expect((await bob.open(`${shopUrl()}/`)).text).toContain('href="/orders/1"');
    for (const path of ['/orders/1', '/orders/1/photo']) {
      expect((await bob.open(shopUrl() + path)).status).toBe(200);
      expect((await carol.browser.open(shopUrl() + path)).status).toBe(404);
      expect((await fetch(shopUrl() + path)).status).toBe(404);
    }
  });

  it('attack class 215 takes no order and no sign-out from another site’s form, nor an order without sign-in', async () => {
    const post = (path: string, origin: string) =>
      fetch(shopUrl() + path, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ photo: photo('winter') }),
        redirect: 'manual',
      });
    for (const path of ['/orders', '/sign-in', '/sign-out'])
      expect((await post(path, 'https://evil.example')).status).toBe(403);
    const nobody = await post('/orders', shopUrl());
    expect([nobody.status, nobody.headers.get('location')]).toEqual([303, '/']);
  });

  /** A command that `npm run demo -- requests` prints under a title that contains this, after the line with the token. */
  const printed = async (title: string) => {
    const { output } = await ended(run(STORY, 'requests'));
    const lines = output.split('\n');
    const token = lines.find((line) => line.startsWith('TOKEN='));
    const under = lines.slice(lines.findIndex((line) => line.includes(title)));
    const command = under.find((line) => line.startsWith('curl'));
    if (!token || !command) throw new Error(`No command for "${title}":\n${output}`);
    return { token, command };
  };

  it('prints curl commands that work as they stand: approve with fewer scopes, deny, allow after all', async () => {
    const less = await order(photo('garden'));
    await pageSays(less.url, 'Waiting for her answer');
    expect(await pasted(await printed('with fewer scopes'))).toMatchObject({ status: 200, state: 'approved' });
    await pageSays(less.url, 'No print: alice allows only to look at it.');
    expect((await bob.open(`${less.url}/photo`)).status).toBe(200);

    const denied = await order(photo('garden'));
    await pageSays(denied.url, 'Waiting for her answer');
    expect(await pasted(await printed('deny it'))).toMatchObject({ status: 200, state: 'denied' });
    await pageSays(denied.url, 'Alice said no.');

    expect(await pasted(await printed('Denied lately'))).toMatchObject({ status: 201, scopes: ['print'] });
    await pageSays((await order(photo('garden'))).url, 'It is printed.');
  });

  it('says which port is in use when it is started twice, and leaves the running one alone', async () => {
    const { code, output } = await ended(run(START, '--no-build'));
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is in use`);
    expect(await albums()).toEqual(firstAlbums);
  });

  it('stops all its programs when told to', async () => {
    expect((await stop(running)).code).toBe(0);
    running = undefined;
    for (const offset of [0, 1, 2, 3]) await expect(isFree(port + offset)).resolves.toBe(true);
    const { code, output } = await ended(run(STORY));
    expect(code).toBe(1);
    expect(output).toContain(`The demo does not run at http://127.0.0.1:${port}. Start it in another terminal`);
    const prefix = `VALETKEY_DEMO_PORT=${port} VALETKEY_DEMO_DATA=${data}`;
    for (const command of ['npm start', 'npm run demo']) expect(output).toContain(`\n        ${prefix} ${command}\n`);
    expect(output).toContain('VALETKEY_DEMO_PORT=9080 npm run demo');
  });

  it('has the same resources, orders, sign-ins and passwords after a second start, and tells the story again', async () => {
    const password = passwordOf({ port, data }, 'bob');
    expect(statSync(join(data, 'orders.json')).mode & 0o777).toBe(0o600);
    await start();
    expect(passwordOf({ port, data }, 'bob')).toBe(password);
    expect(await albums()).toEqual(firstAlbums);
    await pageSays(`http://127.0.0.1:${port + 2}/orders/1`, 'It is printed.');
    expect((await bob.open(`${shopUrl()}/orders/1/photo`)).status).toBe(200);
    expect(await ended(run(STORY))).toMatchObject({ code: 0 });
  });

  it('goes on with an order that waited when it was stopped, and calls albums what they were called, also when the photo service has forgotten their ids', async () => {
    const album = await newAlbum('Tulips');
    const { url } = await order(`http://127.0.0.1:${port + 1}/albums/${album}/photos/2`);
    await pageSays(url, 'Waiting for her answer');
    await stop(running);
    const file = join(data, 'albums.json');
    const known = JSON.parse(readFileSync(file, 'utf8')) as { resourceId?: string }[];
    writeFileSync(file, JSON.stringify(known.map((one) => ({ ...one, resourceId: undefined }))), { mode: 0o600 });
    await start();
    await pageSays(url, 'The shop was started again and asks anew.');
    const { output } = await ended(run(STORY, 'approve'));
    expect(output).toContain('Approved: Bob Baker, at Print shop, would like to view and print “Tulips”');
    await pageSays(url, 'It is printed.');
  });

  it('ends as a whole, with a message, when one of its programs dies', async () => {
    const demo = running;
    if (!demo?.process.pid) throw new Error('The demo is not running');
    const shop = await childRunning('print-shop/main.js', demo.process.pid);
    process.kill(shop, 'SIGKILL');
    const { code, output } = await ended(demo);
    running = undefined;
    expect(code).toBe(1);
    expect(output).toContain('print shop ended by SIGKILL; the demo stops.');
    for (const offset of [0, 1, 2, 3]) await expect(isFree(port + offset)).resolves.toBe(true);
  });
});

/**
 * Does what the commands do when somebody pastes them: a shell takes them apart, token included. Then it is a request as
 * curl would send it; curl itself need not be installed.
 * @returns the status and the members of the answer
 */
async function pasted({ token, command }: { token: string; command: string }): Promise<Record<string, unknown>> {
  const script = `${token}\n${command.replace(/^curl /, "printf '%s\\0' ")}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', script]);
  const words = stdout.split('\0');
  const after = (option: string) => words.flatMap((word, index) => (words[index - 1] === option ? [word] : []));
  const [method = 'GET'] = after('-X');
  const [body] = after('-d');
  const answer = await fetch(words.at(-2) ?? '', {
    method,
    headers: after('-H').map((header) => header.split(': ') as [string, string]),
    ...(body !== undefined && { body }),
  });
  return { ...((await answer.json()) as object), status: answer.status };
}

async function childRunning(command: string, parent: number): Promise<number> {
  const list = spawn('ps', ['-A', '-o', 'pid=,ppid=,args='], { stdio: ['ignore', 'pipe', 'inherit'] });
  let lines = '';
  list.stdout.on('data', (chunk: Buffer) => (lines += chunk.toString()));
  await once(list, 'close');
  const row = lines.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  const found = row.find((match) => match?.[2] === String(parent) && match[3]?.includes(command));
  if (!found) throw new Error(`No child runs ${command}`);
  return Number(found[1]);
}
