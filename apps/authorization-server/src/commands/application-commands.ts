import type { Logger } from 'pino';
import { sendCommand } from '../control/control-client.js';
import type { ControlHandler } from '../control/control-server.js';
import { accountPassword } from './account-password.command.js';
import { clientSecret } from './client-secret.command.js';
import type { ApplicationCommand, Command, Invocation, WorkContext } from './command.js';
import { OperatorError, UsageError } from './command.js';
import { connect } from './connect.command.js';
import { lostDevice } from './lost-device.command.js';
import { readConfig } from './read-config.js';
import { registrationToken } from './registration-token.command.js';
import { rotateKeys } from './rotate-keys.command.js';

/** THE list of commands that work on the data, beside a running server too. */
const APPLICATION_COMMANDS: readonly ApplicationCommand[] = [
  connect,
  rotateKeys,
  clientSecret,
  accountPassword,
  lostDevice,
  registrationToken,
];

/** The same, as they are called from the command line. */
export const COMMANDS_ON_DATA: readonly Command[] = APPLICATION_COMMANDS.map((command) => ({
  ...command,
  run: async (invocation) => {
    const input = await command.read(invocation);
    return runWhereTheDataAre(command, input, invocation);
  },
}));

/** Here, or in the process that owns the SQLite file. */
async function runWhereTheDataAre(
  command: ApplicationCommand,
  input: unknown,
  invocation: Invocation,
): Promise<number> {
  const config = readConfig(invocation);
  const { print, note } = invocation;
  const ask = (path: string) => sendCommand(path, { command: command.name, input }, invocation);
  // Most often a server serves, and then nothing of what the work is made of has to be loaded.
  const told = config.database.type === 'sqlite' ? await ask(config.database.path) : undefined;
  if (told !== undefined) return told;
  const { openOrAsk, withApplication } = await import('./open-application.js');
  const outcome = await openOrAsk(config, ({ path }) => ask(path));
  if ('answer' in outcome) return outcome.answer;
  const { signal } = new AbortController();
  return withApplication({ config, open: outcome.open }, (app) =>
    command.work({ app, config, signal, print, note }, input),
  );
}

async function work(command: ApplicationCommand | undefined, context: WorkContext, input: unknown): Promise<number> {
  if (!command) throw new UsageError('the running server knows no such command');
  return command.work(context, input);
}

/**
 * Runs the commands that callers send to a process that serves. What they print, secrets among it, goes to the caller; the
 * log gets the command's name.
 */
export function controlHandler(ground: Pick<WorkContext, 'app' | 'config'>, logger: Logger): ControlHandler {
  return async ({ command: name, input }, output, signal) => {
    const command = APPLICATION_COMMANDS.find((one) => one.name === name);
    const exit = await work(command, { ...ground, ...output, signal }, input).catch(async (error: unknown) => {
      if (!(error instanceof OperatorError)) logger.error({ command: command?.name, error }, 'command failed');
      const isTold = error instanceof OperatorError;
      await output.note(isTold ? error.message : 'the command failed; the log of the server says why');
      return error instanceof UsageError ? 2 : 1;
    });
    // The name as we know it: what a caller calls a command may hold anything.
    logger.info({ command: command?.name, exit }, 'command');
    return exit;
  };
}
