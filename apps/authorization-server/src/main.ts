import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { clientSecret } from './commands/client-secret.command.js';
import { connect } from './commands/connect.command.js';
import { migrate } from './commands/migrate.command.js';
import type { CommandOptions } from './commands/open-application.js';
import { OperatorError } from './commands/open-application.js';
import { rotateKeys } from './commands/rotate-keys.command.js';
import { serve } from './commands/serve.command.js';
import { runCheckConfig } from './config/check-config.command.js';
import { processEnvironment } from './config/environment.js';

type Command = (options: CommandOptions) => Promise<void>;

const COMMANDS = new Map<string, Command>([
  ['serve', serve],
  ['migrate', migrate],
  ['rotate-keys', rotateKeys],
  ['client-secret', clientSecret],
  ['connect', connect],
  ['check-config', checkConfig],
]);

const USAGE = `usage: valetkey [${[...COMMANDS.keys()].join(' | ')}] [--config valetkey.yaml]`;

async function checkConfig({ configPath, env, print }: CommandOptions): Promise<void> {
  process.exitCode = runCheckConfig({ env, print, ...(configPath !== undefined && { path: configPath }) });
}

const OPTIONS = {
  config: { type: 'string' },
  account: { type: 'string' },
  client: { type: 'string' },
  scope: { type: 'string' },
  count: { type: 'string' },
  from: { type: 'string' },
} as const;

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (cause) {
    throw new OperatorError(`${cause instanceof Error ? cause.message : ''}\n${USAGE}`.trimStart(), { cause });
  }
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [name = 'serve', ...rest] = positionals;
  const command = COMMANDS.get(name);
  if (!command) throw new OperatorError(USAGE);
  const { config, ...others } = values;
  await command({
    configPath: config,
    env: processEnvironment(),
    print: (line) => void process.stdout.write(`${line}\n`),
    values: others,
    positionals: rest,
  });
}

main().catch((error: unknown) => {
  const message = error instanceof OperatorError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
