import { KeyRing } from '@valetkey/keys';
import type { CommandOptions } from './open-application.js';
import { withApplication } from './open-application.js';

/** `valetkey rotate-keys`: every signing key is followed by its published successor at once. */
export async function rotateKeys(options: CommandOptions): Promise<void> {
  const rotated = await withApplication(options, (app) => app.get(KeyRing).rotateNow());
  options.print(`rotated ${rotated} signing keys`);
}
