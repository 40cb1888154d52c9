import type { LoggerService } from '@nestjs/common';
import type { SecurityEvent } from '@valetkey/oauth';
import { SecurityEvents } from '@valetkey/oauth';
import { StoreUnavailable } from '@valetkey/persistence';
import type { Logger, LoggerOptions } from 'pino';
import { pino } from 'pino';
import type { LogConfig } from '../config/config.js';

const STANDARD_ERROR = 2;

/**
 * Structured log lines, on standard output; those of a command, whose output is its result, on standard error. Nothing that could hold a secret is ever passed to it: no headers, no bodies, no
 * query strings. The redaction below is a second net, not the first.
 */
export function createLogger(config: LogConfig, of: 'server' | 'command' = 'server'): Logger {
  const options: LoggerOptions = {
    level: config.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['authorization', 'token', 'access_token', 'refresh_token', 'client_secret', 'ticket', '*.authorization'],
      censor: '[redacted]',
    },
    serializers: { error: errorSummary },
  };
  return of === 'server' ? pino(options) : pino(options, pino.destination(STANDARD_ERROR));
}

/**
 * Name, message and stack; never the fields of an error, which may hold SQL values. A store that is away is no riddle: its
 * cause tells all, and a stack with each of a thousand requests would bury it.
 */
function errorSummary(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'not an error' };
  const { name, message, stack } = error;
  const cause = error.cause instanceof Error ? { cause: { name: error.cause.name, message: error.cause.message } } : {};
  return { name, message, ...(!(error instanceof StoreUnavailable) && { stack }), ...cause };
}

/** Nest's own messages in the same form; its chatter about routes stays at debug. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    error: (message: unknown) => logger.error(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    debug: (message: unknown) => logger.debug(String(message)),
    verbose: (message: unknown) => logger.trace(String(message)),
  };
}

/** What people do every day. With a reason they are not of that kind: somebody else, or something that went wrong, is behind them. */
const EVERYDAY: ReadonlySet<string> = new Set([
  'app_added',
  'app_removed',
  'passkey_accepted',
  'passkey_added',
  'passkey_registered',
  'passkey_removed',
  'passkey_renamed',
  'password_accepted',
  'password_changed',
  'recovery_codes_made',
  'recovery_mail_sent',
  'second_factor_accepted',
  'session_begun',
  'session_ended',
  'sessions_ended',
]);

/** Security events as log lines: everyday ones at `info`, refusals, failures and what operators do at `warn`. */
export class LoggedSecurityEvents extends SecurityEvents {
  constructor(private readonly logger: Logger) {
    super();
  }

  record({ event, ...details }: SecurityEvent): void {
    const level = EVERYDAY.has(event) && details.reason === undefined ? 'info' : 'warn';
    this.logger[level]({ security: event, ...details }, 'security event');
  }
}
