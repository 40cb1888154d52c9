import { KeyRotation } from '@valetkey/keys';
import type { CommandOptions } from './open-application.js';
import { withApplication } from './open-application.js';

/** `valetkey rotate-keys`: every signing key that verifiers know the successor of is followed by it at once. */
export async function rotateKeys(options: CommandOptions): Promise<void> {
  const outcomes = await withApplication(options, (app) => app.get(KeyRotation).rotateNow({ force: false }));
  options.print(`rotated ${outcomes.filter(({ rotated }) => rotated).length} signing keys`);
  for (const outcome of outcomes) {
    if (outcome.rotated) continue;
    options.print(`${outcome.algorithm} was not rotated: not before ${new Date(outcome.notBefore).toISOString()}`);
  }
}
