import { useQueryClient } from '@tanstack/react-query';
import type { ApprovalDraft, DenialDraft, RequestView } from '@valetkey/owner-contract';
import { useEffect } from 'react';
import { deniedToast, plainName, plainText, sharedToast } from '@valetkey/wording';
import { useChange } from '../../api/change.hook.js';
import { Refusal } from '../../api/errors.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { readAgain } from '../../sharing/refresh.js';
import { useToastChange } from '../../sharing/toast-change.hook.js';
import { toast } from '../../shell/toast-queue.js';
import { requestKey } from './present-request.hook.js';
import { REQUESTS } from './requests.messages.js';

const pathOf = (id: string, deed: string) => `requests/${encodeURIComponent(id)}/${deed}`;

/** Yes and no to one request; each is told by a toast that takes it back. @param onAnswered - before the card shows the outcome */
export function useAnswers(request: RequestView, onAnswered: () => void) {
  const client = useQueryClient();
  const texts = useMessages(REQUESTS);
  const reader = useWording();
  const undo = useUndo();
  const { id, version } = request;
  const show = (answered: RequestView, text: string) => {
    onAnswered();
    client.setQueryData(requestKey(id), answered);
    toast(text, { label: texts.undo, run: () => undo(answered) });
    return readAgain(client);
  };
  const who = { name: request.who.short_name };
  const approve = useChange<ApprovalDraft, RequestView>(
    (body) => ({ method: 'POST', path: pathOf(id, 'approve'), body, version }),
    { onDone: (answered, { until }) => show(answered, plainText(sharedToast(who, until, reader))) },
  );
  const deny = useChange<DenialDraft, RequestView>(
    (body) => ({ method: 'POST', path: pathOf(id, 'deny'), body, version }),
    { onDone: (answered) => show(answered, plainText(deniedToast(who, reader))) },
  );
  const late = currentOf(approve.error) ?? currentOf(deny.error);
  useEffect(() => {
    if (late) client.setQueryData(requestKey(id), late);
  }, [client, id, late]);
  return { approve, deny, late };
}

/** The request as it is now, where the answer came too late for it. */
function currentOf(error: Error | null): RequestView | undefined {
  if (!(error instanceof Refusal) || (error.status !== 409 && error.status !== 412)) return undefined;
  return error.answer.current as RequestView | undefined;
}

/** Takes an answer back: a yes by ending what it gave, a no by letting the request wait again. */
export function useUndo(): (answered: RequestView) => void {
  const texts = useMessages(REQUESTS);
  const client = useQueryClient();
  const makeChange = useToastChange();
  const failed = texts.failedAnswer.undo;
  return ({ id, state, given = [], who }) => {
    const name = plainName(who.short_name);
    if (state === 'approved') {
      const ends = given.map((row) => ({ method: 'DELETE' as const, path: `access/${encodeURIComponent(row.id)}` }));
      makeChange(ends, { done: () => texts.undone(name), failed });
    } else
      makeChange<RequestView>([{ method: 'POST', path: pathOf(id, 'reopen') }], {
        done: ([again]) => {
          client.setQueryData(requestKey(id), again);
          return texts.reopened(name);
        },
        failed,
      });
  };
}
