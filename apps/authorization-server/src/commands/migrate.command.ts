import type { Command } from './command.js';
import { readConfig } from './read-config.js';

/** `valetkey migrate`: brings the database's schema up to date and nothing else. */
export const migrate: Command = {
  name: 'migrate',
  summary: "bring the database's schema up to date",
  usage: ['migrate'],
  help: ['The server does the same when it starts.'],
  options: {},
  positionals: 0,
  run: async (invocation) => {
    const config = readConfig(invocation);
    const { openConfigured } = await import('./open-application.js');
    const open = await openConfigured(config);
    await open.close();
    await invocation.print('the schema is up to date');
    return 0;
  },
};
