import { setTimeout as wait } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Account, AccountIdentity, AccountWord } from '@valetkey/accounts';
import { TrustedIssuerRow } from '@valetkey/federation';
import { KeyRotation, WrongEncryptionKey } from '@valetkey/keys';
import type { OpenDatabase } from '@valetkey/persistence';
import { DatabaseInUse, openDatabase } from '@valetkey/persistence';
import type { Logger } from 'pino';
import { AppModule } from '../app.module.js';
import type { Config } from '../config/config.js';
import { ApplyConfiguration } from '../configuration/apply-configuration.service.js';
import { isServing } from '../control/control-client.js';
import { createLogger, nestLogger } from '../http/logger.js';
import { OperatorError } from './command.js';

/** A server that starts or stops owns the SQLite file for a moment without taking commands; so does a command. */
const WAIT_FOR_OWNER = 5_000;
const TRY_EVERY = 100;

/**
 * Opens the database, or settles it with the process that owns the SQLite file.
 * @param ask - what to ask the owner; `undefined` when it does not answer, and then the file may be free in a moment
 * @throws OperatorError when the database cannot be opened, or its owner neither answers nor lets go of it
 */
export async function openOrAsk<T>(
  config: Config,
  ask: (owner: DatabaseInUse) => Promise<T | undefined>,
): Promise<{ open: OpenDatabase } | { answer: T }> {
  for (const deadline = Date.now() + WAIT_FOR_OWNER; ; await wait(TRY_EVERY)) {
    const opened = await openUnlessOwned(config);
    if (!(opened instanceof DatabaseInUse)) return { open: opened };
    const answer = await ask(opened);
    if (answer !== undefined) return { answer };
    if (Date.now() >= deadline) throw new OperatorError(`${opened.message}; it takes no commands`, { cause: opened });
  }
}

/** Opens the database for this process alone, at once or when a command has let go of it. @throws OperatorError */
export async function openConfigured(config: Config): Promise<OpenDatabase> {
  const outcome = await openOrAsk(config, async (owner) => ((await isServing(owner.path)) ? owner : undefined));
  if ('answer' in outcome) throw new OperatorError(outcome.answer.message, { cause: outcome.answer });
  return outcome.open;
}

async function openUnlessOwned(config: Config): Promise<OpenDatabase | DatabaseInUse> {
  return openDatabase(config.database, [Account, AccountIdentity, AccountWord, TrustedIssuerRow]).catch(
    (cause: unknown) => {
      if (cause instanceof DatabaseInUse) return cause;
      throw new OperatorError(cause instanceof Error ? cause.message : 'the database cannot be opened', { cause });
    },
  );
}

/** The module graph without HTTP, for a command that does one thing; configuration applied, keys loaded, closed afterwards. */
export async function withApplication<T>(
  { config, open }: { config: Config; open: OpenDatabase },
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const logger = createLogger({ level: 'warn', requests: 'none' }, 'command');
  try {
    const app = await NestFactory.createApplicationContext(AppModule.with({ config, open, logger }), {
      logger: nestLogger(logger),
      abortOnError: false,
    });
    await prepare(app, logger);
    const result = await work(app);
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
