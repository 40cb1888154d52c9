import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const START = resolve('apps/demo/start.mjs');
const STORY = resolve('dist/apps/demo/src/story/main.js');

interface Demo {
  process: ChildProcess;
  output: () => string;
}

interface Ended {
  code: number | null;
  output: string;
}

/** The demo as `npm start` and `npm run demo` run it, from what is built already: no terminal, own ports, own folder. */
describe('journey: the demo', () => {
  const data = mkdtempSync(join(tmpdir(), 'valetkey-demo-'));
  let port: number;
  let running: Demo | undefined;

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

  let firstAlbums: object[];

  it('starts all its programs in an empty folder and says where they are', async () => {
    const demo = await start();
    for (const offset of [0, 1, 2, 3]) expect(demo.output()).toContain(`http://127.0.0.1:${port + offset}`);
    for (const offset of [1, 2, 3]) {
      const answer = await fetch(`http://127.0.0.1:${port + offset}/`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    }
    firstAlbums = await albums();
    expect(firstAlbums).toEqual([
      expect.objectContaining({ id: 'winter', resource_id: expect.any(String) as unknown }),
      expect.objectContaining({ id: 'garden', resource_id: expect.any(String) as unknown }),
    ]);
  }, 120_000);

  it('keeps its secrets where nobody else can read them', () => {
    const isSecret = (file: string) => file.startsWith('secrets/') || file.startsWith('connection-');
    const secrets = (readdirSync(data, { recursive: true }) as string[]).filter(isSecret);
    expect(secrets.length).toBeGreaterThanOrEqual(8);
    expect(secrets.filter((file) => statSync(join(data, file)).mode & 0o077)).toEqual([]);
  });

  it('tells the whole story, shortens every token, and writes no colours without a terminal', async () => {
    const { code, output } = await ended(run(STORY));
    expect({ code, output }).toMatchObject({ code: 0 });
    for (const word of [
      'need_info',
      'request_submitted',
      'UMA realm="photos"',
      '"active":false',
      'ended within a second',
    ]) {
      expect(output).toContain(word);
    }
    expect(output).not.toMatch(/vk_[a-z]+_[A-Za-z0-9_-]{20}|eyJ[A-Za-z0-9_-]{20}/);
    expect(output).not.toContain('\u001b');
    expect(await albums()).toEqual(firstAlbums);
  }, 60_000);

  it('serves a customer of the print shop in a browser once alice has agreed', async () => {
    const photo = `http://127.0.0.1:${port + 1}/albums/winter/photos/1`;
    const shop = `http://127.0.0.1:${port + 2}`;
    const order = (origin: string, body = { photo }) =>
      fetch(`${shop}/orders`, { method: 'POST', headers: { origin }, body: new URLSearchParams(body) });
    expect((await order('https://evil.example')).status).toBe(403);
    expect((await order(shop, { photo: `http://127.0.0.1:${port}/health/ready` })).status).toBe(400);
    const ordered = await order(shop);
    await until(async () => (await (await fetch(ordered.url)).text()).includes('npm run demo -- approve'));
    expect((await ended(run(STORY, 'approve'))).code).toBe(0);
    await until(async () => (await fetch(`${ordered.url}/photo`)).ok);
  }, 60_000);

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
    const story = await ended(run(STORY));
    expect(story.code).toBe(1);
    expect(story.output).toContain('npm start');
  }, 60_000);

  it('has the same resources after a second start, and tells the story again', async () => {
    await start();
    expect(await albums()).toEqual(firstAlbums);
    expect(await ended(run(STORY))).toMatchObject({ code: 0 });
  }, 120_000);

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
  }, 60_000);
});

function observed(args: string[], env: NodeJS.ProcessEnv): Demo {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { process: child, output: () => output };
}

async function ended({ process: child, output }: Demo): Promise<Ended> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

async function stop(demo: Demo | undefined): Promise<Ended> {
  if (!demo) throw new Error('The demo is not running');
  demo.process.kill('SIGTERM');
  return ended(demo);
}

/** Waits until a program has written `text`; fails with all that it wrote if it ends before. */
async function said(demo: Demo, text: string): Promise<void> {
  while (!demo.output().includes(text)) {
    if (demo.process.exitCode !== null) throw new Error(`It ended before it said "${text}":\n${demo.output()}`);
    await wait(100);
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await wait(100);
  }
  throw new Error('It did not happen within 20 s');
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

async function fourFreePorts(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all([0, 1, 2, 3].map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
