import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CommandOutput } from '../commands/command.js';
import { sendCommand } from './control-client.js';
import { ControlPlace } from './control-place.js';
import type { ControlHandler } from './control-server.js';
import { ControlServer } from './control-server.js';

const QUIET: CommandOutput = { print: async () => undefined, note: async () => undefined };

describe('taking commands', () => {
  let folder: string;
  let database: string;
  let control: ControlServer | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-control-'));
    database = join(folder, 'valetkey.sqlite');
  });
  afterEach(async () => {
    await control?.close();
    control = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (handle: ControlHandler, times?: { request: number; beat: number }) => {
    control = await ControlServer.open(database, handle, times);
  };
  const close = async () => {
    await control?.close();
    control = undefined;
  };
  const send = (command: string, output = QUIET) => sendCommand(database, { command, input: null }, output);

  it('runs several at the same time, each with its own output', async () => {
    await open(async ({ command }, { print }) => {
      for (let line = 0; line < 500; line += 1) await print(command);
      return command.length;
    });
    const callers = Array.from({ length: 20 }, async (_, index) => {
      const lines: string[] = [];
      const exit = await send('x'.repeat(index), { ...QUIET, print: async (line) => void lines.push(line) });
      return { exit, lines: lines.length, own: new Set(lines) };
    });
    const done = await Promise.all(callers);
    expect(done).toEqual(done.map((_, index) => ({ exit: index, lines: 500, own: new Set(['x'.repeat(index)]) })));
  });

  it('closing waits for what is under way, and tells it', async () => {
    const began: string[] = [];
    await open(async (_request, { print }, signal) => {
      began.push('work');
      await once(signal, 'abort');
      await print('stopped');
      return 1;
    });
    const lines: string[] = [];
    const caller = send('long', { ...QUIET, print: async (line) => void lines.push(line) });
    while (began.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await close();
    expect([await caller, lines]).toEqual([1, ['stopped']]);
    expect(await send('late')).toBeUndefined();
  });

  it('gives signs of life while a command works in silence', async () => {
    await open(async () => wait(600, 4), { request: 10_000, beat: 50 });
    const quick = sendCommand(database, { command: 'x', input: null }, QUIET, 300);
    expect(await quick).toBe(4);
  });

  it('a caller that does not read the end keeps no place, also when it ends its own side late', async () => {
    const said = 'x'.repeat(10_000_000);
    // More than fits into the connection: the exit code waits behind it.
    await open(async (_request, { print }) => (void print(said), 0), { request: 300, beat: 10_000 });
    const socket = connect({ path: new ControlPlace(database).find(), allowHalfOpen: true });
    socket.on('error', () => undefined).pause();
    socket.write('{"command":"x","input":null}\n');
    await wait(100);
    socket.end();
    const held = async () =>
      (control as unknown as { running: Map<unknown, unknown> }).running.size > 0 ? 'held' : 'free';
    for (const end = Date.now() + 3_000; Date.now() < end && (await held()) === 'held';) await wait(50);
    expect(await held()).toBe('free');
    socket.destroy();
  });

  it('a caller that reads nothing holds up the work, not the memory, and not the closing', async () => {
    let printed = 0;
    await open(async (_request, { print }, signal) => {
      for (; !signal.aborted && printed < 100_000; printed += 1) await print('x'.repeat(1_000));
      return 0;
    });
    const socket = connect(new ControlPlace(database).find());
    socket.on('error', () => undefined).pause();
    socket.write('{"command":"x","input":null}\n');
    let held = -1;
    for (const end = Date.now() + 5_000; Date.now() < end && (printed === 0 || printed !== held); await wait(100))
      held = printed;
    expect([held > 0, held < 10_000, printed]).toEqual([true, true, held]);
    const closing = Date.now();
    await close();
    expect(Date.now() - closing).toBeLessThan(5_000);
    socket.destroy();
  });
});
