import { parseArgs } from 'node:util';
import type { Command, OptionValues } from './command.js';
import { UsageError } from './command.js';

/** What happens without a command. */
const DEFAULT_COMMAND = 'serve';

const COMMON_OPTIONS = {
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** What a command line asks for. */
export type CommandLine =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly about: Command | undefined }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly configPath: string | undefined;
      readonly values: OptionValues;
      readonly positionals: readonly string[];
    };

/**
 * Reads a command line, options in any place.
 * @throws UsageError for an unknown command, an option that the command does not have, and an argument too many; its message
 *   ends with the usage
 */
export function readCommandLine(args: readonly string[], commands: readonly Command[]): CommandLine {
  const [name, ...names] = namesIn(args, commands);
  if (name === 'help') return { kind: 'help', about: names[0] === undefined ? undefined : find(names[0], commands) };
  const command = find(name ?? DEFAULT_COMMAND, commands);
  const { values, positionals } = parse(args, command);
  const { config, help, version, ...others } = values;
  if (version === true) return { kind: 'version' };
  if (help === true) return { kind: 'help', about: name === undefined ? undefined : command };
  const rest = positionals.slice(name === undefined ? 0 : 1);
  if (rest.length > command.positionals) {
    throw new UsageError(`unexpected argument "${rest[command.positionals]}"\n${usageOf(command)}`);
  }
  const configPath = typeof config === 'string' ? config : undefined;
  return { kind: 'run', command, configPath, values: others, positionals: rest };
}

/** The arguments that are no options, nor values of options, of any command. */
function namesIn(args: readonly string[], commands: readonly Command[]): string[] {
  const options = Object.assign({ ...COMMON_OPTIONS }, ...commands.map((command) => command.options)) as object;
  return parseArgs({ args: [...args], options: { ...options }, allowPositionals: true, strict: false }).positionals;
}

function find(name: string, commands: readonly Command[]): Command {
  const command = commands.find((one) => one.name === name);
  if (!command) throw new UsageError(`unknown command "${name}"\n${overview(commands)}`);
  return command;
}

function parse(args: readonly string[], command: Command) {
  try {
    return parseArgs({ args: [...args], options: { ...command.options, ...COMMON_OPTIONS }, allowPositionals: true });
  } catch (cause) {
    const message = typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : '';
    // The rest is advice that fits programs whose arguments may begin with a dash.
    throw new UsageError(`${message.split('. ')[0]}\n${usageOf(command)}`, { cause });
  }
}

/** How one command is called. */
export function usageOf({ usage }: Command): string {
  return usage
    .map((line, index) => `${index === 0 ? 'usage:' : '      '} valetkey ${line} [--config <file>]`)
    .join('\n');
}

/** All that there is to say about one command. */
export function helpOf(command: Command): string {
  return [usageOf(command), '', `${command.name}: ${command.summary}`, ...command.help, CONFIG_HELP].join('\n');
}

const CONFIG_HELP =
  '  --config <file>        the configuration; else the file VALETKEY_CONFIG names, else ./valetkey.yaml';

/** The commands, and how to learn more. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'usage: valetkey [<command>] [--config <file>] [<options>]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}`),
    '',
    CONFIG_HELP,
    '  --version              the version of this program',
    '  --help                 this; with a command: how to use that one',
    '',
    'Ends with 0 when all is well, with 2 when the command line is not understood, else with 1.',
  ].join('\n');
}
