import { shownNameOf } from '@valetkey/shown-text';

const LONGEST = 60;

/** What a device calls itself, in one line that turns nothing around it; `undefined` where nothing is left. A claim of whoever asks. */
export function deviceNameOf(stated: string | undefined): string | undefined {
  return shownNameOf(stated ?? '', LONGEST);
}
