import { useQueryClient } from '@tanstack/react-query';
import type { InvitationView } from '@valetkey/owner-contract';
import { plainName } from '@valetkey/wording';
import { useChange } from '../api/change.hook.js';
import { Refusal } from '../api/errors.js';
import { useMessages } from '../language/language.hook.js';
import { readAgain } from '../sharing/refresh.js';
import { toast } from '../shell/toast-queue.js';
import { INVITATIONS } from './invitations.messages.js';

/** Takes an invitation back by one press: its row goes away. */
export function useTakeBack() {
  const texts = useMessages(INVITATIONS);
  const client = useQueryClient();
  return useChange<InvitationView, undefined>(
    ({ id }) => ({ method: 'DELETE', path: `invitations/${encodeURIComponent(id)}` }),
    {
      onDone: (_, { address }) => {
        toast(texts.takenBack(plainName(address)));
        return readAgain(client);
      },
    },
  );
}

/** It was answered, or taken back in another tab: there is nothing left to do. */
export function isAnswered(error: Error | null): boolean {
  return error instanceof Refusal && (error.status === 404 || error.status === 409);
}
