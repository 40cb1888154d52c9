import type { Command } from './command.js';

/** `valetkey serve`: serves until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  summary: 'serve until told to stop (SIGTERM); also what happens without a command',
  usage: ['[serve]'],
  help: [],
  options: {},
  positionals: 0,
  run: async (invocation) => {
    const { startServer } = await import('./start-server.js');
    await startServer(invocation);
    return 0;
  },
};
