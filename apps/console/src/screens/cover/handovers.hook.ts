import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { HandoverView, ListAnswer, RevocationResult } from '@valetkey/owner-contract';
import { plainText, revokedToast } from '@valetkey/wording';
import { read } from '../../api/api-client.js';
import { useChange } from '../../api/change.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { toast } from '../../shell/toast-queue.js';

/** Who covers for her, or will. */
export function useHandovers() {
  return useQuery({
    queryKey: ['handovers'],
    queryFn: ({ signal }) => read<ListAnswer<HandoverView>>('handovers', signal),
    select: ({ items }) => items.filter(({ state }) => state !== 'ended'),
  });
}

/** "I am back": ends everything that a handover gave. */
export function useEndHandover() {
  const client = useQueryClient();
  const reader = useWording();
  return useChange<HandoverView, RevocationResult>(
    ({ id }) => ({ method: 'DELETE', path: `handovers/${encodeURIComponent(id)}` }),
    {
      onDone: (result, { subject }) => {
        toast(plainText(revokedToast(subject, result, reader)));
        return client.invalidateQueries();
      },
    },
  );
}
