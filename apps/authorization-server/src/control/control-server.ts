import { once, setMaxListeners } from 'node:events';
import { chmodSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { CommandOutput } from '../commands/command.js';
import type { ControlAnswer, ControlRequest } from './control-messages.js';
import { BEAT, encodeLine, LONGEST_REQUEST, parseRequest } from './control-messages.js';
import { ControlPlace } from './control-place.js';

/** A caller that has not said by then what it wants is no command of ours, nor one that does not read the end. */
const REQUEST_TIME = 10_000;
/** A caller that does not read what it asked for does not keep the server from stopping. */
const STOP_TIME = 2_000;
const MOST_CALLERS = 32;

/**
 * Runs what is asked for.
 * @param signal - aborted when the caller hung up or the server stops: long work ends at its next step
 * @returns the exit code of the command; never rejects
 */
export type ControlHandler = (request: ControlRequest, output: CommandOutput, signal: AbortSignal) => Promise<number>;

/** In milliseconds. */
interface ControlTimes {
  readonly request: number;
  readonly beat: number;
}

/**
 * Takes commands beside the SQLite file that this process owns, from this user alone: one line of JSON in, lines of JSON out,
 * the last with the exit code. Whatever else comes in gets a refusal and changes nothing.
 */
export class ControlServer {
  private readonly server: Server;
  private readonly running = new Map<Socket, Promise<void>>();
  private readonly stopping = new AbortController();

  private constructor(
    private readonly place: ControlPlace,
    private readonly handle: ControlHandler,
    private readonly times: ControlTimes,
  ) {
    // Each caller listens for the end: as many as may be here, with one of its own for the wait.
    setMaxListeners(2 * MOST_CALLERS, this.stopping.signal);
    // A caller may end its side once it has asked.
    this.server = createServer({ allowHalfOpen: true }, (socket) => this.accept(socket));
    this.server.maxConnections = MOST_CALLERS;
    // A connection that could not be taken, for want of file descriptors: its caller sees it.
    this.server.on('error', () => undefined);
  }

  /** @param databasePath - absolute path of the SQLite file @throws Error when no socket can be had there */
  static async open(
    databasePath: string,
    handle: ControlHandler,
    times: ControlTimes = { request: REQUEST_TIME, beat: BEAT },
  ): Promise<ControlServer> {
    const place = new ControlPlace(databasePath);
    const control = new ControlServer(place, handle, times);
    const path = place.prepare();
    control.server.listen(path);
    await once(control.server, 'listening');
    // The folder lets nobody else in; this says so once more.
    chmodSync(path, 0o600);
    return control;
  }

  /** Takes no more commands, waits for those under way, and removes the socket. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.stopping.abort();
    const sweep = setTimeout(() => this.running.forEach((_, socket) => socket.destroy()), STOP_TIME);
    await Promise.all(this.running.values());
    clearTimeout(sweep);
    await closed;
    this.place.clear();
  }

  private accept(socket: Socket): void {
    // Who hangs up is told nothing more.
    socket.on('error', () => undefined);
    const conversation = this.converse(socket).finally(() => this.running.delete(socket));
    this.running.set(socket, conversation);
  }

  private async converse(socket: Socket): Promise<void> {
    const line = await this.requestLine(socket);
    if (line === undefined) return void socket.destroy();
    const request = parseRequest(line);
    const exit = request ? await this.run(socket, request) : await refuse(socket);
    await this.finish(socket, exit);
  }

  private async run(socket: Socket, request: ControlRequest): Promise<number> {
    const hungUp = new AbortController();
    socket.once('close', () => hungUp.abort());
    const output: CommandOutput = {
      print: (text) => send(socket, { out: text }),
      note: (text) => send(socket, { err: text }),
    };
    await send(socket, { taken: true });
    const beat = setInterval(() => void (socket.writableNeedDrain || send(socket, { taken: true })), this.times.beat);
    const exit = this.handle(request, output, AbortSignal.any([hungUp.signal, this.stopping.signal]));
    return exit.finally(() => clearInterval(beat));
  }

  /** Says how it ended and lets go; what is still on its way in is nobody's concern. */
  private finish(socket: Socket, exit: number): Promise<void> {
    return new Promise((resolve) => {
      if (socket.destroyed) return resolve();
      socket.once('close', () => resolve());
      socket.setTimeout(this.times.request, () => socket.destroy());
      socket.end(encodeLine({ exit }), () => socket.destroy());
    });
  }

  /** Up to the first line's end; what is too long is cut, and then no request. `undefined` when no line comes. */
  private requestLine(socket: Socket): Promise<Buffer | undefined> {
    if (this.stopping.signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const finish = (line?: Buffer): void => {
        // What this caller does later is no end of its request: it must not undo a limit that was set since.
        socket.setTimeout(0).off('data', take).off('timeout', giveUp).off('end', giveUp).off('close', giveUp).resume();
        this.stopping.signal.removeEventListener('abort', giveUp);
        resolve(line);
      };
      const giveUp = (): void => finish();
      const take = (chunk: Buffer): void => {
        const end = chunk.indexOf('\n');
        chunks.push(end < 0 ? chunk : chunk.subarray(0, end));
        length += chunk.length;
        if (end >= 0 || length > LONGEST_REQUEST) finish(Buffer.concat(chunks).subarray(0, LONGEST_REQUEST));
      };
      this.stopping.signal.addEventListener('abort', giveUp);
      socket.setTimeout(this.times.request).on('timeout', giveUp);
      socket.on('data', take).on('end', giveUp).on('close', giveUp);
    });
  }
}

async function refuse(socket: Socket): Promise<number> {
  await send(socket, { err: 'this is no command' });
  return 2;
}

/** Waits for a caller that reads slowly; gives up on one that hung up. */
async function send(socket: Socket, answer: ControlAnswer): Promise<void> {
  if (!socket.writable || socket.write(encodeLine(answer))) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
