import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Action } from '../api/api-client.js';
import { change, newKey } from '../api/api-client.js';
import { Refusal, SessionOver } from '../api/errors.js';
import { useMessages } from '../language/language.hook.js';
import { PARTS } from '../parts/parts.messages.js';
import { toast } from '../shell/toast-queue.js';
import { readAgain } from './refresh.js';

interface Told<Answer> {
  readonly done: (answers: readonly Answer[]) => string;
  readonly failed: string;
}

/**
 * Changes whose place on the screen may be gone by the time they are made, such as those that a toast offers: a toast tells what came
 * of them, too. They are made one after the other; what is not there any more counts as done.
 */
export function useToastChange(): <Answer>(changes: readonly Omit<Action, 'key'>[], told: Told<Answer>) => void {
  const client = useQueryClient();
  const texts = useMessages(PARTS);
  const isUnderWay = useRef(false);
  return <Answer>(changes: readonly Omit<Action, 'key'>[], { done, failed }: Told<Answer>) => {
    const actions = changes.map((one) => ({ ...one, key: newKey() }));
    const run = async (): Promise<void> => {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      try {
        toast(done(await inTurn<Answer>(actions)));
      } catch (error) {
        const reference = error instanceof Refusal ? ` ${texts.reference(error.reference)}` : '';
        if (!(error instanceof SessionOver)) toast(failed + reference, { label: texts.retry, run: () => void run() });
      } finally {
        isUnderWay.current = false;
      }
      await readAgain(client);
    };
    void run();
  };
}

async function inTurn<Answer>(actions: readonly Action[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const action of actions) {
    try {
      answers.push(await change<Answer>(action));
    } catch (error) {
      const isDone = action.method === 'DELETE' && error instanceof Refusal && error.status === 404;
      if (!isDone) throw error;
    }
  }
  return answers;
}
