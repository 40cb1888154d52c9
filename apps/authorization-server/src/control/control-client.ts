import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { CommandOutput } from '../commands/command.js';
import { OperatorError } from '../commands/command.js';
import type { ControlAnswer, ControlRequest } from './control-messages.js';
import { encodeLine, LONGEST_REQUEST, parseAnswer } from './control-messages.js';
import { ControlPlace } from './control-place.js';

/** Several signs of life are missing then. */
const LONGEST_SILENCE = 10_000;

/**
 * Lets the process that owns a SQLite file run a command, and passes on what it says.
 * @returns the exit code, or `undefined` when nobody took the command, so that nothing was done and it may be tried again
 * @param longestSilence - milliseconds until a process that says nothing is given up
 * @throws OperatorError when this user may not ask, when the request is too long, or when the other process went away or
 * stands still
 */
export async function sendCommand(
  databasePath: string,
  request: ControlRequest,
  output: CommandOutput,
  longestSilence = LONGEST_SILENCE,
): Promise<number | undefined> {
  const line = encodeLine(request);
  if (Buffer.byteLength(line) > LONGEST_REQUEST) {
    throw new OperatorError('this is too much for one command to a running server: split it, or stop the server first');
  }
  const socket = await connected(new ControlPlace(databasePath).find());
  if (!socket) return undefined;
  socket.write(line);
  let isTaken = false;
  for await (const answer of answersOf(socket, longestSilence)) {
    isTaken = true;
    if ('exit' in answer) return answer.exit;
    if ('out' in answer) await output.print(answer.out);
    if ('err' in answer) await output.note(answer.err);
  }
  if (isTaken) throw new OperatorError(WENT_AWAY);
  return undefined;
}

/** The other side keeps the connection and says nothing. */
class Silence extends OperatorError {
  constructor(silence: number) {
    const seconds = Math.ceil(silence / 1_000);
    super(
      `the running server has said nothing for ${seconds} s (is it stopped?): whether the command takes effect is not known`,
    );
  }
}

const WENT_AWAY = 'the running server went away before it was done: whether the command took effect is not known';

/** Whether the process that owns a SQLite file takes commands: then it is a server that serves. */
export async function isServing(databasePath: string): Promise<boolean> {
  const socket = await connected(new ControlPlace(databasePath).find());
  socket?.destroy();
  return socket !== undefined;
}

async function connected(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'EACCES' && code !== 'EPERM') return undefined;
    throw new OperatorError(`${path} lets this user in no commands: be the user that the server runs as`, { cause });
  }
}

/** Until the other side closes, however it does. @throws OperatorError for a line that is no answer, and for none at all */
async function* answersOf(socket: Socket, longestSilence: number): AsyncGenerator<ControlAnswer> {
  for await (const line of linesOf(socket, longestSilence)) {
    const answer = parseAnswer(line);
    if (!answer) throw new OperatorError(WENT_AWAY);
    yield answer;
  }
}

async function* linesOf(socket: Socket, longestSilence: number): AsyncGenerator<Buffer> {
  const chunks = socket.iterator() as AsyncIterator<Buffer, undefined>;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (let chunk; (chunk = await nextOf(chunks, socket, longestSilence)) !== undefined;) {
      rest = Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        yield rest.subarray(0, end);
        rest = rest.subarray(end + 1);
      }
    }
  } finally {
    socket.destroy();
  }
}

/** Only waiting counts, not what is done with the lines. @returns `undefined` when the connection ends or breaks off */
async function nextOf(
  chunks: AsyncIterator<Buffer, undefined>,
  socket: Socket,
  longestSilence: number,
): Promise<Buffer | undefined> {
  const patience = setTimeout(() => socket.destroy(new Silence(longestSilence)), longestSilence);
  try {
    return (await chunks.next()).value;
  } catch (error) {
    if (error instanceof Silence) throw error;
    // What was said before it broke off counts.
    return undefined;
  } finally {
    clearTimeout(patience);
  }
}
