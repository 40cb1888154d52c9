import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { OperatorError, UsageError } from './commands/command.js';
import { helpOf, overview, readCommandLine, usageOf } from './commands/command-line.js';
import { COMMANDS } from './commands/commands.js';
import { programVersion } from './commands/version.js';
import { processEnvironment } from './config/environment.js';

/** The heap at most doubles between two collections; by V8's own measure it keeps much more of what is used no more. */
setFlagsFromString('--heap-growing-percent=100');

async function main(args: readonly string[]): Promise<number> {
  const line = readCommandLine(args, COMMANDS);
  if (line.kind === 'version') return say(programVersion());
  if (line.kind === 'help') return say(line.about ? helpOf(line.about) : overview(COMMANDS));
  const { command, configPath, values, positionals } = line;
  try {
    return await command.run({ configPath, values, positionals, env: processEnvironment(), print, note });
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${error.message}\n${usageOf(command)}`) : error;
  }
}

const print = (line: string): Promise<void> => write(process.stdout, line);
const note = (line: string): Promise<void> => write(process.stderr, line);

/** Waits until it is written: a pipe whose reader is slow must not fill the memory. */
function write(stream: NodeJS.WriteStream, line: string): Promise<void> {
  return new Promise((resolve) => stream.write(`${line}\n`, () => resolve()));
}

async function say(text: string): Promise<number> {
  await print(text);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  async (error: unknown) => {
    const isOperators = error instanceof OperatorError;
    await note(isOperators ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
