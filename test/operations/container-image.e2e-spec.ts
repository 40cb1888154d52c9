import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { freePort } from '../support/free-port.mjs';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { runProgram, ServerProcess } from '../support/server-process.js';

/** There is no container engine where the tests run: what the image is made of and told is tried without one. */
const DOCKERFILE = instructionsOf(readFileSync('docker/Dockerfile', 'utf8'));
const COMPOSE = parse(readFileSync('docker/compose.yaml', 'utf8')) as Compose;

interface Instruction {
  readonly name: string;
  readonly words: readonly string[];
}

interface Compose {
  readonly services: Record<'postgres' | 'server', { secrets: string[]; volumes: string[]; build?: object }>;
  readonly secrets: Record<string, { file: string }>;
}

describe('docker/Dockerfile', () => {
  const copies = DOCKERFILE.filter(({ name }) => name === 'COPY').map(({ words }) => ({
    stage: words.find((word) => word.startsWith('--from='))?.slice('--from='.length),
    sources: words.filter((word) => !word.startsWith('--')).slice(0, -1),
  }));
  const workFolder = DOCKERFILE.find(({ name }) => name === 'WORKDIR')?.words[0] ?? '';

  it('copies from the project only what is there and not kept out of the build', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean);
    const sources = copies.filter(({ stage }) => stage === undefined).flatMap((copy) => copy.sources);
    expect(sources).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', '.']));
    expect(sources.filter((path) => !existsSync(path) || isKeptOut(path, ignored))).toEqual([]);
    // What the build reads, and what must never be in a layer.
    const needed = ['apps', 'libs', 'tools', 'nest-cli.json', 'tsconfig.json', '.swcrc'];
    expect(needed.filter((path) => !existsSync(path) || isKeptOut(path, ignored))).toEqual([]);
    const secret = ['data', 'valetkey.yaml', 'docker/secrets', '.git'];
    expect(secret.filter((path) => !isKeptOut(path, ignored))).toEqual([]);
  });

  it('copies from the build only what installing and building make, and starts a program that is among it', () => {
    const sources = copies.filter(({ stage }) => stage === 'build').flatMap((copy) => copy.sources);
    const relative = sources.map((path) => path.replace(`${workFolder}/`, ''));
    expect(relative).toEqual(['package.json', 'node_modules', 'dist', 'apps/console/dist']);
    expect(relative.filter((path) => !existsSync(path))).toEqual([]);
    const [node, program = ''] = commandOf('ENTRYPOINT');
    expect([node, existsSync(program), program.split('/')[0]]).toEqual(['node', true, 'dist']);
  });

  it('runs scripts that package.json has, in an image for the Node.js that it asks for', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
      'scripts' | 'engines',
      Record<string, string>
    >;
    const commands = DOCKERFILE.filter(({ name }) => name === 'RUN').map(({ words }) => words.join(' '));
    const scripts = commands.flatMap((command) => [...command.matchAll(/npm run (\S+)/g)].map(([, script]) => script));
    expect(scripts).toEqual(['build']);
    expect(manifest.scripts['build']).toBeDefined();
    const images = DOCKERFILE.filter(({ name }) => name === 'FROM').map(({ words }) => words[0]);
    expect(new Set(images)).toEqual(new Set([`node:${/\d+/.exec(manifest.engines['node'] ?? '')?.[0]}-bookworm-slim`]));
  });

  it('leaves the code to root, and runs as somebody else', () => {
    expect(
      DOCKERFILE.filter(({ name, words }) => name === 'COPY' && words.some((word) => word.startsWith('--chown'))),
    ).toEqual([]);
    expect(DOCKERFILE.findLast(({ name }) => name === 'USER')?.words).toEqual(['node']);
  });
});

describe('docker/compose.yaml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-compose-'));
  const secrets = join(folder, 'secrets');
  const config = join(folder, 'valetkey.yaml');
  let database: TestDatabase;
  let ports: number[];
  const running: ServerProcess[] = [];

  beforeAll(async () => {
    execFileSync('sh', ['docker/make-secrets.sh', secrets]);
    database = await createDatabase();
    ports = [await freePort(), await freePort()];
  });
  afterAll(async () => {
    await Promise.all(running.map((process) => process.kill('SIGKILL')));
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('hands over files that are there or that make-secrets.sh makes, readable by their owner alone', () => {
    const made = readdirSync(secrets);
    expect(Object.entries(COMPOSE.secrets).map(([name, { file }]) => [name, file])).toEqual(
      Object.keys(COMPOSE.secrets).map((name) => [name, `./secrets/${name}`]),
    );
    expect(new Set(made)).toEqual(new Set(Object.keys(COMPOSE.secrets)));
    expect(made.filter((name) => statSync(join(secrets, name)).mode & 0o077)).toEqual([]);
    const mounted = COMPOSE.services.server.volumes.map((volume) => volume.split(':')[0] ?? '');
    expect(mounted.filter((path) => !existsSync(join('docker', path)))).toEqual([]);
    expect(COMPOSE.services.server.build).toEqual({ context: '..', dockerfile: 'docker/Dockerfile' });
  });

  it('makes secrets once: a second call changes none', () => {
    const content = () => readdirSync(secrets).map((name) => readFileSync(join(secrets, name), 'utf8'));
    const before = content();
    execFileSync('sh', ['docker/make-secrets.sh', secrets]);
    expect(content()).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  it('gives the server every secret that docker/valetkey.yaml names; two servers start on it at once, healthy by the image’s own check', async () => {
    const text = readFileSync('docker/valetkey.yaml', 'utf8');
    const named = [...text.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(COMPOSE.services.server.secrets));
    writeFileSync(config, text.replaceAll('/run/secrets', secrets));
    writeFileSync(join(secrets, 'database_url'), database.url, { mode: 0o600 });
    expect(await runProgram(['check-config'], environmentAt(config))).toMatchObject({ code: 0 });

    const args = [...commandOf('ENTRYPOINT').slice(2), ...commandOf('CMD')];
    const environments = ports.map((port) => ({ ...environmentAt(config), VALETKEY_LISTEN_PORT: String(port) }));
    for (const env of environments)
      running.push(new ServerProcess(`http://127.0.0.1:${env.VALETKEY_LISTEN_PORT}`, args, env));
    await Promise.all(running.map((process) => process.start()));
    expect(environments.map(health)).toEqual([0, 0]);
    expect(await Promise.all(running.map((process) => process.kill('SIGTERM')))).toEqual([0, 0]);
    expect(environments.map(health)).toEqual([1, 1]);
  });
});

/** The image's variables, with the configuration where the test has it. */
function environmentAt(config: string): Record<string, string> {
  const pairs = DOCKERFILE.filter(({ name }) => name === 'ENV').flatMap(({ words }) =>
    words.map((word) => word.split('=')),
  );
  return { ...(Object.fromEntries(pairs) as Record<string, string>), VALETKEY_CONFIG: config };
}

/** Exit code of the image's health check. */
function health(env: Record<string, string>): number | null {
  const words = DOCKERFILE.find(({ name }) => name === 'HEALTHCHECK')?.words.join(' ') ?? '';
  const [, ...args] = JSON.parse(words.slice(words.indexOf('['))) as string[];
  return spawnSync(process.execPath, args, { env }).status;
}

function commandOf(name: 'ENTRYPOINT' | 'CMD'): string[] {
  return JSON.parse(
    DOCKERFILE.findLast((instruction) => instruction.name === name)?.words.join(' ') ?? '[]',
  ) as string[];
}

function instructionsOf(text: string): Instruction[] {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([name]) => name)
    .map(([name = '', ...words]) => ({ name, words }));
}

/** Patterns of .dockerignore begin at the project's folder; a folder takes along what is in it. */
function isKeptOut(path: string, ignored: readonly string[]): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(/|$)`).test(path);
  return ignored.some(matches);
}
