import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { commandBeside } from './control-socket.js';
import { type Http, httpFor } from './http.js';
import { brokenLogRules } from './log-rules.js';
import { freePort } from './free-port.mjs';
import { createDatabase, type TestDatabase } from './postgres.js';
import { type CommandResult, runProgram, ServerProcess } from './server-process.js';
import { createWorld, type Credentials, type Settings, type World } from './world.js';

export type Engine = 'sqlite' | 'postgres';

export interface ConnectionRequest {
  readonly account: string;
  readonly client: string;
  readonly scope: string;
  /** So many independent ones; one if absent. */
  readonly count?: number;
}

/** What the command `connect` prints. */
export interface Connection {
  readonly access_token: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
}

export interface ServerOptions {
  readonly engine: Engine;
  /** Merged into the settings of the world: objects member by member, anything else (lists too) in place of the old. */
  readonly config?: Settings;
  /** Clients besides those of the world. */
  readonly clients?: readonly Settings[];
  /** Authorizations that there are as soon as the test begins. */
  readonly connections?: readonly ConnectionRequest[];
  /** Path of the issuer, such as `/t1`. */
  readonly issuerPath?: string;
  /** Name of the issuer's host, 127.0.0.1 if absent: passkeys belong to a name and not to an address. */
  readonly issuerHost?: 'localhost';
  /** Where commands alone run, or the test starts the server itself. */
  readonly isLeftStopped?: true;
  /** Variables of the server's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Server {
  readonly issuer: string;
  readonly port: number;
  /** Folder of `valetkey.yaml` and the data. */
  readonly directory: string;
  readonly world: World;
  readonly http: Http;
  /** Results of {@link ServerOptions.connections}, in their order; as many of each as were asked for. */
  readonly connections: readonly Connection[];
  /** Everything the server wrote since its first start. */
  log(): string;
  /** Asks the server to end and waits; the data stay. @returns its exit code */
  stop(): Promise<number | null>;
  kill9(): Promise<void>;
  /** Starts it again on the same data, address and settings; stops it before if it runs. */
  restart(): Promise<void>;
  /** Runs another command of the program on the same settings; `input` is its standard input. */
  runCommand(args: readonly string[], input?: string): Promise<CommandResult>;
  /** Ends the server and removes its data. Throws when its output broke a rule that holds for every log. */
  dispose(): Promise<void>;
}

/** Starts the built server with a world of its own on a free port; it is ready when this returns. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const world = await createWorld();
  const port = await freePort();
  const issuer = `http://${options.issuerHost ?? '127.0.0.1'}:${port}${options.issuerPath ?? ''}`;
  const directory = await mkdtemp(join(tmpdir(), 'valetkey-test-'));
  const database = options.engine === 'postgres' ? await createDatabase() : undefined;
  const setUp = { world, port, issuer, directory, database, options };
  try {
    return await startIn(setUp);
  } catch (error) {
    await removeAll(setUp);
    throw error;
  }
}

interface SetUp {
  readonly world: World;
  readonly port: number;
  readonly issuer: string;
  readonly directory: string;
  readonly database: TestDatabase | undefined;
  readonly options: ServerOptions;
}

async function startIn(setUp: SetUp): Promise<Server> {
  const { world, port, issuer, directory, options } = setUp;
  const config = await writeConfiguration(setUp);
  const runCommand = (args: readonly string[], input?: string) =>
    runProgram([...args, '--config', config], options.env, input);
  const requests = options.connections ?? [];
  // A process of its own costs nearly two seconds of a core, and a server on SQLite does the same when it is asked to.
  const isAsked = options.engine === 'sqlite' && options.isLeftStopped !== true;
  const before = isAsked ? [] : await connect(runCommand, join(directory, 'connections.json'), requests);
  const serve = new ServerProcess(issuer, ['serve', '--config', config], options.env);
  if (options.isLeftStopped !== true) await serve.start();
  const connections = isAsked ? await connectBeside(directory, requests) : before;
  return {
    issuer,
    port,
    directory,
    world,
    http: httpFor(issuer),
    connections,
    log: () => serve.log(),
    stop: () => serve.kill('SIGTERM'),
    kill9: async () => void (await serve.kill('SIGKILL')),
    restart: async () => {
      await serve.kill('SIGTERM');
      await serve.start();
    },
    runCommand,
    dispose: async () => {
      await serve.kill('SIGTERM');
      await removeAll(setUp);
      const secrets = Object.values(world.clients).flatMap(({ secret }) => secret ?? []);
      const broken = brokenLogRules({ log: serve.log(), stderr: serve.stderr() }, secrets);
      if (broken.length > 0) throw new Error(`The server's output is not as it must be:\n${broken.join('\n')}`);
    },
  };
}

async function removeAll({ directory, database }: SetUp): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await database?.drop();
}

/** All of them in one process: starting one costs more than a second. */
async function connect(
  run: Server['runCommand'],
  file: string,
  requests: readonly ConnectionRequest[],
): Promise<Connection[]> {
  if (requests.length === 0) return [];
  await writeFile(file, JSON.stringify(requests));
  return connectionsIn(await run(['connect', '--from', file]));
}

async function connectBeside(directory: string, requests: readonly ConnectionRequest[]): Promise<Connection[]> {
  if (requests.length === 0) return [];
  return connectionsIn(await commandBeside({ directory }, 'connect', requests));
}

function connectionsIn(result: CommandResult): Connection[] {
  return succeeded(result, 'connect')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Connection);
}

function succeeded({ code, stdout, stderr }: CommandResult, what: string): string {
  if (code !== 0) throw new Error(`"${what}" ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** JSON is YAML, so no YAML writer is needed. @returns the file's name */
async function writeConfiguration(setUp: SetUp): Promise<string> {
  const { world, port, issuer, directory, database, options } = setUp;
  const file = (name: string) => join(directory, name);
  await writeSecrets(directory, Object.values(world.clients));
  await writeFile(file('key-encryption-key'), randomBytes(32).toString('base64url'), { mode: 0o600 });
  if (database) await writeFile(file('database-url'), database.url, { mode: 0o600 });
  const settings = {
    issuer,
    listen: { host: '127.0.0.1', port },
    data_directory: './data',
    database: database
      ? { type: 'postgres', url: { file: './database-url' }, pool: 8 }
      : { type: 'sqlite', path: './data/valetkey.sqlite' },
    keys: { encryption_key: { file: './key-encryption-key' } },
    // Whoever waits for a mail waits no longer than it takes.
    jobs: { notify_every: '250ms' },
    ...world.settings,
    clients: [...(world.settings['clients'] as Settings[]), ...(options.clients ?? [])],
  };
  await writeFile(file('valetkey.yaml'), JSON.stringify(merged(settings, options.config ?? {}), null, 2));
  return file('valetkey.yaml');
}

async function writeSecrets(directory: string, clients: readonly Credentials[]): Promise<void> {
  await mkdir(join(directory, 'secrets'), { mode: 0o700 });
  const known = clients.flatMap(({ clientId, secret }) => (secret === undefined ? [] : [{ clientId, secret }]));
  await Promise.all(
    known.map(({ clientId, secret }) => writeFile(join(directory, 'secrets', clientId), secret, { mode: 0o600 })),
  );
}

const isObject = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merged(base: Settings, changes: Settings): Settings {
  const entries = Object.entries(changes).map(([name, value]) => {
    const old = base[name];
    return [name, isObject(old) && isObject(value) ? merged(old, value) : value];
  });
  return { ...base, ...(Object.fromEntries(entries) as Settings) };
}
