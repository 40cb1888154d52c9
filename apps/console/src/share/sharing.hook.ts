import { useQueryClient } from '@tanstack/react-query';
import type { AccessRow, ListAnswer, ShareChange, ShareDraft } from '@valetkey/owner-contract';
import { plainName, plainText, sharedToast } from '@valetkey/wording';
import type { Action } from '../api/api-client.js';
import { useChange } from '../api/change.hook.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { readAgain } from '../sharing/refresh.js';
import { useToastChange } from '../sharing/toast-change.hook.js';
import { toast } from '../shell/toast-queue.js';
import { formerTerms } from './share-form.js';
import { SHARE } from './share.messages.js';

/** A change of the share that somebody has, against the version that was read. */
export interface ShareChanging {
  readonly share: AccessRow;
  readonly version: string;
  readonly change: ShareChange;
}

type Undoing = readonly Omit<Action, 'key'>[];

/** Gives access, or changes it; tells the result with a way to undo it. */
export function useSharing(onDone: () => void) {
  const tell = useTelling(onDone);
  const give = useChange<ShareDraft, ListAnswer<AccessRow>>(
    (draft) => ({ method: 'POST', path: 'shares', body: draft }),
    { onDone: ({ items }) => tell(items, items.map(ending)) },
  );
  const alter = useChange<ShareChanging, AccessRow>(
    ({ share, version, change: body }) => ({ method: 'PUT', path: sharePath(share), body, version }),
    { onDone: (row, { share }) => tell([row], [restoring(row, share)]) },
  );
  return { give, alter };
}

/** Shows what the server has, not what it was asked for (G18). */
function useTelling(onDone: () => void) {
  const texts = useMessages(SHARE);
  const reader = useWording();
  const client = useQueryClient();
  const undo = useToastChange();
  return ([row]: readonly AccessRow[], undoing: Undoing) => {
    onDone();
    if (row) {
      const { holder, until } = row;
      const name = plainName(holder.name);
      const run = () => undo(undoing, { done: () => texts.undone(name), failed: texts.undoFailed(name) });
      toast(plainText(sharedToast(holder, until, reader)), { label: texts.undo, run });
    }
    return readAgain(client);
  };
}

function sharePath({ id }: AccessRow): string {
  return `shares/${encodeURIComponent(id)}`;
}

function ending({ id }: AccessRow): Undoing[number] {
  return { method: 'DELETE', path: `access/${encodeURIComponent(id)}` };
}

function restoring(row: AccessRow, former: AccessRow): Undoing[number] {
  return { method: 'PUT', path: sharePath(row), body: formerTerms(former, Date.now()), version: row.version };
}
