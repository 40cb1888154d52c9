import type { GivenBackRow, SubjectView } from '@valetkey/owner-contract';
import { givenBackToast, plainText } from '@valetkey/wording';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { SHARING } from './sharing.messages.js';
import { useToastChange } from './toast-change.hook.js';

/** Gives back what was revoked; takes the handle of what was removed, and who held it. */
export function useGiveBack(): (removed: string, holder: SubjectView) => void {
  const texts = useMessages(SHARING);
  const reader = useWording();
  const makeChange = useToastChange();
  return (removed, holder) =>
    makeChange<GivenBackRow>([{ method: 'POST', path: `removed/${encodeURIComponent(removed)}/give-back` }], {
      done: ([row]) => plainText(givenBackToast({ name: holder.short_name }, row, reader)),
      failed: texts.failed.giveBack,
    });
}
