import { KeyRotation } from '@valetkey/keys';
import type { WorkContext } from './command.js';

/** Lets the next keys take over, and says which could not. @returns 1 when a key was left as it is */
export async function rotateKeysNow(
  { app, print, note }: WorkContext,
  { force }: { readonly force: boolean },
): Promise<number> {
  const outcomes = await app.get(KeyRotation).rotateNow({ force });
  const rotated = outcomes.filter((outcome) => outcome.rotated).map(({ algorithm }) => algorithm);
  if (rotated.length > 0) await print(`rotated ${rotated.length} signing keys: ${rotated.join(', ')}`);
  for (const outcome of outcomes) {
    if (outcome.rotated) continue;
    const [publishedAt, notBefore] = [outcome.publishedAt, outcome.notBefore].map((at) => new Date(at).toISOString());
    await note(
      `${outcome.algorithm} was not rotated: its next key was published at ${publishedAt} and may sign from ` +
        `${notBefore} on; rotate after that, or with --force where a key may be compromised`,
    );
  }
  return rotated.length === outcomes.length ? 0 : 1;
}
