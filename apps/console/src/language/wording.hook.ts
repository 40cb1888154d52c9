import type { Reader } from '@valetkey/wording';
import { useSession } from '../api/session.hook.js';
import { useNow } from '../parts/now.hook.js';
import { deviceZone } from './device-zone.js';
import { useReader } from './language.hook.js';

/** How sentences and dates are written for her: her language, her days, and whose clock it is where this device shows another time. */
export function useWording(): Reader {
  const { language, timeZone } = useReader();
  const { person } = useSession();
  const now = useNow();
  return { language, now, zone: timeZone, readerZone: deviceZone(), self: person.id };
}
