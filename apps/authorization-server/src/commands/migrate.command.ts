import type { CommandOptions } from './open-application.js';
import { openConfigured, readConfig } from './open-application.js';

/** `valetkey migrate`: brings the database's schema up to date and nothing else. */
export async function migrate(options: CommandOptions): Promise<void> {
  const open = await openConfigured(readConfig(options));
  await open.close();
  options.print('the schema is up to date');
}
