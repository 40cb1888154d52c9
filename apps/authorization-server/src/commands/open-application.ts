import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Account, AccountIdentity } from '@valetkey/accounts';
import { TrustedIssuerRow } from '@valetkey/federation';
import type { OpenDatabase } from '@valetkey/persistence';
import { openDatabase } from '@valetkey/persistence';
import type { Logger } from 'pino';
import { AppModule } from '../app.module.js';
import { formatProblem } from '../config/check-config.command.js';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { ApplyConfiguration } from '../configuration/apply-configuration.service.js';
import { createLogger, nestLogger } from '../http/logger.js';
import { KeyRotation, WrongEncryptionKey } from '@valetkey/keys';

/** A mistake of the operator's: told in a line, without a stack. */
export class OperatorError extends Error {}

/** What a command is started with. */
export interface CommandOptions {
  readonly configPath: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Where results go, one line a call. */
  readonly print: (line: string) => void;
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly positionals: readonly string[];
}

/** @throws OperatorError with all problems, one a line */
export function readConfig({ configPath, env }: CommandOptions): Config {
  const outcome = loadConfig({ env, createMissing: true, ...(configPath !== undefined && { path: configPath }) });
  if ('problems' in outcome) throw new OperatorError(outcome.problems.map(formatProblem).join('\n'));
  return outcome.config;
}

export async function openConfigured(config: Config): Promise<OpenDatabase> {
  return openDatabase(config.database, [Account, AccountIdentity, TrustedIssuerRow]).catch((cause: unknown) => {
    throw new OperatorError(cause instanceof Error ? cause.message : 'the database cannot be opened', { cause });
  });
}

/** The module graph without HTTP, for commands that do one thing; configuration applied, keys loaded, closed afterwards. */
export async function withApplication<T>(
  options: CommandOptions,
  work: (app: INestApplicationContext, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(options);
  const logger = createLogger({ level: 'warn', requests: 'none' });
  const open = await openConfigured(config);
  try {
    const app = await NestFactory.createApplicationContext(AppModule.with({ config, open, logger }), {
      logger: nestLogger(logger),
      abortOnError: false,
    });
    await prepare(app, logger);
    const result = await work(app, config);
    await app.close();
    return result;
  } finally {
    await open.close();
  }
}

/** What must be in place before the first request. @throws OperatorError when the key-encryption key is not the one it was */
export async function prepare(app: INestApplicationContext, logger: Logger): Promise<void> {
  await app.get(ApplyConfiguration).apply();
  await app
    .get(KeyRotation)
    .start()
    .catch((cause: unknown) => {
      if (!(cause instanceof WrongEncryptionKey)) throw cause;
      const message =
        'keys.encryption_key: the signing keys in the database are encrypted under another key-encryption key';
      throw new OperatorError(message, { cause });
    });
  logger.debug('configuration applied');
}
