import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Action } from './api-client.js';
import { change, newKey } from './api-client.js';
import { Unreachable } from './errors.js';

export type Change<Variables> = (variables: Variables) => Omit<Action, 'key'>;

interface Tried {
  readonly text: string;
  readonly key: string;
}

/**
 * A change by a button: `const give = useChange<ShareDraft, AccessRow[]>((draft) => ({ method: 'POST', path: 'shares', body: draft }))`.
 * A second press while the first is under way does nothing; after no answer came the same change goes with the same key, so that it
 * is made once.
 */
export function useChange<Variables, Answer>(
  actionOf: Change<Variables>,
  { onDone }: { readonly onDone?: (answer: Answer, variables: Variables) => unknown } = {},
): UseMutationResult<Answer, Error, Variables> & { readonly press: (variables: Variables) => void } {
  const tried = useRef<Tried | undefined>(undefined);
  const isUnderWay = useRef(false);
  const mutation = useMutation<Answer, Error, Variables>({
    mutationFn: async (variables) => {
      const action = actionOf(variables);
      const text = JSON.stringify(action);
      const key = tried.current?.text === text ? tried.current.key : newKey();
      tried.current = { text, key };
      try {
        return await change<Answer>({ ...action, key });
      } catch (error) {
        if (!(error instanceof Unreachable)) tried.current = undefined;
        throw error;
      }
    },
    onSuccess: (answer, variables) => {
      tried.current = undefined;
      return onDone?.(answer, variables);
    },
    onSettled: () => {
      isUnderWay.current = false;
    },
  });
  const press = (variables: Variables) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    mutation.mutate(variables);
  };
  return { ...mutation, press };
}
