import { useQueryClient } from '@tanstack/react-query';
import type { InvitationDraft, InvitationView } from '@valetkey/owner-contract';
import { plainName } from '@valetkey/wording';
import { useChange } from '../api/change.hook.js';
import { useMessages } from '../language/language.hook.js';
import { readAgain } from '../sharing/refresh.js';
import { useToastChange } from '../sharing/toast-change.hook.js';
import { toast } from '../shell/toast-queue.js';
import { INVITE } from './invite.messages.js';

/** Invites an address; tells that a mail is on its way, with the way to take it back. */
export function useInviting(onDone: () => void) {
  const texts = useMessages(INVITE);
  const client = useQueryClient();
  const undo = useToastChange();
  return useChange<InvitationDraft, InvitationView>((body) => ({ method: 'POST', path: 'invitations', body }), {
    onDone: ({ id, address }) => {
      onDone();
      const name = plainName(address);
      const takeBack = { method: 'DELETE', path: `invitations/${encodeURIComponent(id)}` } as const;
      const told = { done: () => texts.takenBack(name), failed: texts.notTakenBack(name) };
      toast(texts.invited(name), { label: texts.takeBack, run: () => undo([takeBack], told) });
      return readAgain(client);
    },
  });
}
