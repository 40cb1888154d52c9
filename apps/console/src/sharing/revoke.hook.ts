import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import type { AccessList, AccessRow, RevocationResult } from '@valetkey/owner-contract';
import type { Reader } from '@valetkey/wording';
import { plainText, revokedToast } from '@valetkey/wording';
import { useChange } from '../api/change.hook.js';
import { Refusal } from '../api/errors.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { toast } from '../shell/toast-queue.js';
import { useGiveBack } from './give-back.hook.js';
import { readAgain } from './refresh.js';
import { SHARING } from './sharing.messages.js';

export type Revoked = Pick<AccessRow, 'id' | 'holder' | 'keeps_the_data'>;

/**
 * Ends an access by one press (that of a service which keeps her things after a question, `EndAccess`): its row goes away, and a toast tells what ended and gives it back.
 * @param onRemoved - before the row goes away
 */
export function useRevoke({ onRemoved }: { readonly onRemoved?: () => void } = {}) {
  const client = useQueryClient();
  const texts = useMessages(SHARING);
  const reader = useWording();
  const giveBack = useGiveBack();
  return useChange<Revoked, RevocationResult>(
    ({ id, keeps_the_data: cutsOff }) => ({
      method: 'DELETE',
      path: `access/${encodeURIComponent(id)}${cutsOff ? '?cut_off=true' : ''}`,
    }),
    {
      onDone: (result, { id, holder }) => {
        onRemoved?.();
        takeOut(client, id);
        const [removed] = result.removed;
        const action = { label: texts.giveBack, run: () => giveBack(removed ?? '', holder) };
        toast(textOf(result, { holder, reader, texts }), removed === undefined ? undefined : action);
        return readAgain(client);
      },
    },
  );
}

/** Somebody else, or another tab of hers, ended it before: there is nothing left to do. */
export function isGone(error: Error | null): boolean {
  return error instanceof Refusal && (error.status === 404 || error.status === 410);
}

function textOf(
  result: RevocationResult,
  { holder, reader, texts }: Pick<Revoked, 'holder'> & { reader: Reader; texts: (typeof SHARING)['en'] },
): string {
  const failed = result.could_not_end.map(({ what, why }) => texts.couldNotEnd(what, why));
  return [plainText(revokedToast({ name: holder.short_name }, result, reader)), ...failed].join(' ');
}

function takeOut(client: QueryClient, id: string): void {
  client.setQueriesData<InfiniteData<AccessList>>(
    { queryKey: ['access', 'pages'] },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({ ...page, items: page.items.filter((row) => row.id !== id) })),
      },
  );
}
