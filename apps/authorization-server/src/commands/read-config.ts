import { problemLines } from '../config/check-config.command.js';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import type { Invocation } from './command.js';
import { OperatorError } from './command.js';

/** @throws OperatorError with all problems, one a line */
export function readConfig({ configPath, env }: Pick<Invocation, 'configPath' | 'env'>): Config {
  const outcome = loadConfig({ env, createMissing: true, ...(configPath !== undefined && { path: configPath }) });
  if ('problems' in outcome) throw new OperatorError(problemLines(outcome).join('\n'));
  return outcome.config;
}
