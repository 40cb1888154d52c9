import { checkConfig } from '../config/check-config.command.js';
import { COMMANDS_ON_DATA } from './application-commands.js';
import type { Command } from './command.js';
import { migrate } from './migrate.command.js';
import { serve } from './serve.command.js';

/** THE list of commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [serve, checkConfig, migrate, ...COMMANDS_ON_DATA];
