import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { CommandOutput } from '../commands/command.js';
import { OperatorError } from '../commands/command.js';
import type { ControlAnswer, ControlRequest } from './control-messages.js';
import { encodeLine, LONGEST_REQUEST, parseAnswer } from './control-messages.js';
import { ControlPlace } from './control-place.js';

/**
 * Lets the process that owns a SQLite file run a command, and passes on what it says.
 * @returns the exit code, or `undefined` when nobody took the command, so that nothing was done and it may be tried again
 * @throws OperatorError when this user may not ask, when the request is too long, or when the other process went away
 */
export async function sendCommand(
  databasePath: string,
  request: ControlRequest,
  output: CommandOutput,
): Promise<number | undefined> {
  const line = encodeLine(request);
  if (Buffer.byteLength(line) > LONGEST_REQUEST) {
    throw new OperatorError('this is too much for one command to a running server: split it, or stop the server first');
  }
  const socket = await connected(new ControlPlace(databasePath).find());
  if (!socket) return undefined;
  socket.write(line);
  let isTaken = false;
  for await (const answer of answersOf(socket)) {
    isTaken = true;
    if ('exit' in answer) return answer.exit;
    if ('out' in answer) await output.print(answer.out);
    if ('err' in answer) await output.note(answer.err);
  }
  if (isTaken) throw new OperatorError(WENT_AWAY);
  return undefined;
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

/** Until the other side closes, however it does. @throws OperatorError for a line that is no answer */
async function* answersOf(socket: Socket): AsyncGenerator<ControlAnswer> {
  for await (const line of linesOf(socket)) {
    const answer = parseAnswer(line);
    if (!answer) throw new OperatorError(WENT_AWAY);
    yield answer;
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of socket) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        yield rest.subarray(0, end);
        rest = rest.subarray(end + 1);
      }
    }
  } catch {
    // The connection broke off: what was said counts.
  }
}
