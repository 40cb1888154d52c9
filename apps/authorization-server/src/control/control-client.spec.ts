import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OperatorError } from '../commands/command.js';
import { isServing, sendCommand } from './control-client.js';
import { ControlPlace } from './control-place.js';

const REQUEST = { command: 'rotate-keys', input: { force: false } };
const TAKEN = '{"taken":true}\n';

describe('sending a command to the process that owns the file', () => {
  let folder: string;
  let database: string;
  let server: Server | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-control-'));
    database = join(folder, 'valetkey.sqlite');
  });
  afterEach(async () => {
    server?.close();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const answering = async (answer: (socket: Socket) => void) => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      answer(socket);
    });
    server.listen(new ControlPlace(database).prepare());
    await once(server, 'listening');
  };
  const send = async (request = REQUEST) => {
    const said: string[] = [];
    const print = async (line: string) => void said.push(`out ${line}`);
    const note = async (line: string) => void said.push(`err ${line}`);
    return { exit: await sendCommand(database, request, { print, note }), said };
  };

  it('passes on what it says, line by line, whatever the pieces and characters, and the exit code', async () => {
    const lines = `${TAKEN}{"out":"vk_Ä\u2028b"}\n{"err":"hm\\nhm"}\n{"exit":7}\n`;
    const dribble = async (socket: Socket) => {
      for (const byte of Buffer.from(lines)) {
        socket.write(Buffer.from([byte]));
        await wait(0);
      }
    };
    await answering((socket) => void dribble(socket));
    expect(await send()).toEqual({ exit: 7, said: ['out vk_Ä\u2028b', 'err hm\nhm'] });
  });

  it.each([
    ['nobody ever listened there', () => Promise.resolve()],
    ['the other side closes before it takes the command', () => answering((socket) => socket.destroy())],
    ['the other side ends after reading it', () => answering((socket) => socket.once('data', () => socket.end()))],
  ])('says that nothing was done when %s', async (_what, prepare) => {
    await prepare();
    expect(await send()).toEqual({ exit: undefined, said: [] });
  });

  it.each([
    ['goes away', TAKEN],
    ['goes away in the middle of its answer', `${TAKEN}{"out":"a secr`],
    ['says what is no answer', `${TAKEN}{"out":7}\n`],
    ['says what is no JSON', `${TAKEN}ok\n{"exit":0}\n`],
  ])('says that the outcome is not known when the other side has taken it and %s', async (_what, text) => {
    await answering((socket) => socket.once('data', () => socket.end(text)));
    await expect(send()).rejects.toThrow(/whether the command took effect is not known/);
  });

  const patiently = (silence: number) =>
    sendCommand(database, REQUEST, { print: async () => undefined, note: async () => undefined }, silence);

  it.each([
    ['nothing at all', ''],
    ['that it takes the command', TAKEN],
    ['a part of it', `${TAKEN}{"out":"x"}\n`],
  ])('gives up, in a clear line, on one that keeps the connection and says %s', async (_what, text) => {
    await answering((socket) => socket.write(text));
    const began = Date.now();
    await expect(patiently(300)).rejects.toThrow(
      new OperatorError(
        'the running server has said nothing for 1 s (is it stopped?): whether the command takes effect is not known',
      ),
    );
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('waits for one that gives signs of life, and not longer because the reader of the lines is slow', async () => {
    const live = async (socket: Socket) => {
      for (let beat = 0; beat < 6; beat += 1) {
        socket.write(TAKEN);
        await wait(100);
      }
      socket.write('{"out":"slow"}\n{"exit":3}\n');
    };
    await answering((socket) => void live(socket));
    const output = { print: () => wait(500), note: async () => undefined };
    expect(await sendCommand(database, REQUEST, output, 300)).toBe(3);
  });

  it('sends nothing that is longer than the other side would read', async () => {
    await answering((socket) => socket.end(`${TAKEN}{"exit":0}\n`));
    await expect(send({ ...REQUEST, input: { force: 'x'.repeat(1024 * 1024) } as never })).rejects.toThrow(
      OperatorError,
    );
  });

  it('knows whether somebody serves there', async () => {
    expect(await isServing(database)).toBe(false);
    await answering((socket) => socket.end());
    expect(await isServing(database)).toBe(true);
  });
});
