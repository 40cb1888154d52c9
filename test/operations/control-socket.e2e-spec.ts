import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import Sqlite from 'better-sqlite3';

import { clientOf } from '../support/client.js';
import { controlFolder, sendToSocket } from '../support/control-socket.js';
import { databaseDump, query } from '../support/database-content.js';
import { keysWithSuccessors } from '../support/published-keys.js';
import { type Server, startServer } from '../support/server.js';

const WISH = { account: 'alice', client: 'photo-service', scope: 'uma_protection' };
const CONNECT = ['connect', '--account', 'alice', '--client', 'photo-service', '--scope', 'uma_protection'];
const line = (request: unknown) => `${JSON.stringify(request)}\n`;
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const COUNT = 'SELECT count(*) AS connections FROM authorization_record';
const REFUSED = '{"err":"this is no command"}\n{"exit":2}\n';

describe('where a server on SQLite takes commands', () => {
  let server: Server;
  let socket: string;
  beforeAll(async () => {
    server = await startServer({ engine: 'sqlite', config: { log: { level: 'trace', requests: 'all' } } });
    socket = join(controlFolder(server), 'socket');
    await keysWithSuccessors(server);
  });
  afterAll(() => server?.dispose());

  const serves = async () =>
    expect((await clientOf(server, 'print-shop').clientCredentials({ scope: 'photos.read' })).status).toBe(200);
  const takesCommands = async () => expect((await server.runCommand(CONNECT)).code).toBe(0);

  it('lets in nobody but its own user', async () => {
    expect([await modeOf(controlFolder(server)), await modeOf(socket)]).toEqual(['700', '600']);
  });

  it.each([
    ['nothing at all', '', ''],
    ['an empty line', '\n', REFUSED],
    ['no JSON', 'rotate-keys\n', REFUSED],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x0a]), REFUSED],
    ['an HTTP request', 'POST /token HTTP/1.1\r\nhost: x\r\n\r\n', REFUSED],
    ['JSON that is no object', '[["rotate-keys"]]\n', REFUSED],
    ['JSON that is deeply nested', `${'['.repeat(100_000)}\n`, REFUSED],
    ['a member that it does not know', line({ command: 'rotate-keys', input: { force: true }, env: {} }), REFUSED],
    ['a command without input', line({ command: 'rotate-keys' }), REFUSED],
    ['a name that is no text', line({ command: 7, input: {} }), REFUSED],
    ['a command without its line end', JSON.stringify({ command: 'rotate-keys', input: { force: true } }), ''],
  ])('refuses %s', async (_what, bytes, answer) => {
    expect(await sendToSocket(socket, bytes)).toBe(answer);
  });

  it.each([
    ['an unknown command', { command: 'dance', input: {} }, 'the running server knows no such command'],
    ['a command that is not for it', { command: 'serve', input: {} }, 'the running server knows no such command'],
    ['a name of every object', { command: 'constructor', input: {} }, 'the running server knows no such command'],
    ['input that has too much', { command: 'rotate-keys', input: { force: true, x: 1 } }, 'rotate-keys: this is not'],
    ['input of the wrong kind', { command: 'rotate-keys', input: { force: 'yes' } }, 'rotate-keys: this is not'],
    ['a file to read', { command: 'connect', input: { from: '/etc/passwd' } }, 'connect: this is not what it takes'],
    ['too many at once', { command: 'connect', input: [{ ...WISH, count: 1e9 }] }, 'connect: this is not what it'],
  ])('refuses %s with exit code 2', async (_what, request, message) => {
    const [taken, said = '', end] = (await sendToSocket(socket, line(request))).split('\n');
    expect(taken).toBe('{"taken":true}');
    expect((JSON.parse(said) as { err: string }).err).toContain(message);
    expect(end).toBe('{"exit":2}');
  });

  it('does none of that, and says none of it in the log', async () => {
    const before = await server.http.get('/jwks');
    const log = server.log();
    for (const bytes of ['{"command":"a-tempting-secret"', line({ command: 'a-tempting-secret', input: 'x' })])
      await sendToSocket(socket, bytes);
    expect((await server.http.get('/jwks')).text).toBe(before.text);
    expect(server.log().slice(log.length)).not.toContain('a-tempting-secret');
    expect(server.log()).not.toMatch(/"level":"(error|fatal)"|etc\/passwd/);
    await serves();
    await takesCommands();
  });

  it('does not read a line that never ends', async () => {
    const request = JSON.stringify({ command: 'connect', input: [WISH] });
    const answer = await sendToSocket(socket, `${' '.repeat(8 * 1024 * 1024)}${request}\n`);
    expect([REFUSED, '']).toContain(answer);
    await serves();
    await takesCommands();
  });

  it('is not kept busy by callers that hang up, at whatever moment', async () => {
    const request = line({ command: 'connect', input: [{ ...WISH, count: 100_000 }] });
    const callers = Array.from({ length: 20 }, (_, index) =>
      sendToSocket(socket, index % 2 === 0 ? request : request.slice(0, index), 'hangs up'),
    );
    await Promise.all(callers);
    const began = Date.now();
    const ended = () =>
      server
        .log()
        .split('\n')
        .filter((one) => one.includes('"command":"connect","exit":1')).length;
    for (; Date.now() < began + 10_000 && ended() < 10; await wait(50));
    expect(ended()).toBe(10);
    await serves();
    await takesCommands();
  });

  it('callers that say nothing do not keep others out for long, nor the server from stopping', async () => {
    const silent = Array.from({ length: 20 }, () => sendToSocket(socket, '{"command":', 'stays'));
    await takesCommands();
    const began = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await Promise.all(silent)).toEqual(Array(20).fill(''));
    expect(existsSync(controlFolder(server))).toBe(false);
    expect(await databaseDump(server)).not.toContain('a-tempting-secret');
    await server.restart();
  });

  it('a long command ends when the server stops, and says how far it came', async () => {
    const connections = async () => Number((await query(server, COUNT))[0]?.connections);
    const before = await connections();
    const running = server.runCommand([...CONNECT, '--count', '60000']);
    for (const end = Date.now() + 60_000; Date.now() < end && (await connections()) < before + 100; await wait(50));
    const began = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    const { code, stdout, stderr } = await running;
    const made = stdout.trim().split('\n').length;
    expect([code, stderr]).toEqual([1, `stopped after ${made} connections\n`]);
    await server.restart();
  });

  it('replaces what a killed server left behind', async () => {
    await server.kill9();
    expect(existsSync(socket)).toBe(true);
    // Nobody listens there: the command does its work by itself, and leaves the place as it was.
    await takesCommands();
    await server.restart();
    expect(await modeOf(socket)).toBe('600');
    await takesCommands();
  });

  it('a server that starts while a command has the file waits for it', async () => {
    await server.stop();
    const owner = new Sqlite(join(server.directory, 'data', 'valetkey.sqlite.lock'));
    owner.exec('BEGIN EXCLUSIVE');
    const done = wait(4_000).then(() => owner.close());
    await server.restart();
    await done;
    await takesCommands();
  });

  it('a server that cannot make the place serves all the same and says so; commands then name the owner', async () => {
    await server.stop();
    await writeFile(controlFolder(server), 'in the way');
    await server.restart();
    await serves();
    expect(server.log()).toContain('no commands can be run while this server runs');
    const { code, stderr } = await server.runCommand(CONNECT);
    expect([code, stderr.trim().split('\n')]).toEqual([
      1,
      [expect.stringMatching(/^another process is using .*; it takes no commands$/)],
    ]);
    await server.stop();
    await rm(controlFolder(server));
  });
});

describe('where the path of the data is longer than a socket’s may be', () => {
  const folder = `data/${'deep-'.repeat(20)}/${'deeper-'.repeat(10)}`;
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ engine: 'sqlite', config: { database: { path: `./${folder}/valetkey.sqlite` } } });
  });
  afterAll(() => server?.dispose());

  const control = () => join(server.directory, folder, 'valetkey.sqlite.control');
  const elsewhere = () => readFile(join(control(), 'elsewhere'), 'utf8');

  it('commands find the socket in a private temporary folder, also after a kill; nothing is left at the end', async () => {
    const first = await elsewhere();
    expect(Buffer.byteLength(join(control(), 'socket'))).toBeGreaterThan(108);
    expect(dirname(dirname(first))).toBe(tmpdir());
    expect([await modeOf(dirname(first)), await modeOf(first)]).toEqual(['700', '600']);
    expect([await modeOf(control()), await modeOf(join(control(), 'elsewhere'))]).toEqual(['700', '600']);
    expect((await server.runCommand(CONNECT)).code).toBe(0);
    await server.kill9();
    expect((await server.runCommand(CONNECT)).code).toBe(0);
    await server.restart();
    const second = await elsewhere();
    expect([second === first, existsSync(dirname(first))]).toEqual([false, false]);
    expect((await server.runCommand(CONNECT)).code).toBe(0);
    expect(await server.stop()).toBe(0);
    expect([existsSync(control()), existsSync(dirname(second))]).toEqual([false, false]);
    expect((await readdir(join(server.directory, folder))).some((name) => name.includes('control'))).toBe(false);
  });
});
