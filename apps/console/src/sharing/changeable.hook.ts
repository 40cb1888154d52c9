import type { AccessRow } from '@valetkey/owner-contract';
import { useSession } from '../api/session.hook.js';
import { useWording } from '../language/wording.hook.js';
import { shorterDays } from './shorter-days.js';

/** Whether an application holds it by consent: of that its end alone can be changed, to an earlier one. */
export function isGrant({ id }: Pick<AccessRow, 'id'>): boolean {
  return id.startsWith('grant:');
}

/** Days from today that end earlier than an access does now. */
export function useShorterDays({ until }: Pick<AccessRow, 'until'>): readonly number[] {
  const reader = useWording();
  const { sharing } = useSession();
  return shorterDays(until, { reader, longest: sharing.longest_days });
}

/** Whether there is anything to change about an access. */
export function useChangeable(row: AccessRow): boolean {
  const days = useShorterDays(row);
  return !isGrant(row) || (row.keeps_the_data !== true && days.length > 0);
}
