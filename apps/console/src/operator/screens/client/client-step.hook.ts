import type { UseMutationResult } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import type { ClientView } from '@valetkey/operator-contract';
import { useEffect } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { Refusal } from '../../../api/errors.js';
import { clientPath, takeOver } from './client.query.js';

interface ClientStep<Answer> {
  readonly method: 'POST' | 'DELETE';
  /** Below the address of the client. */
  readonly path?: string;
  readonly onDone: (answer: Answer) => unknown;
  /** Told `true` when somebody else was first: nothing is done then, and the client is shown as it is now. */
  readonly onLate: (isLate: boolean) => void;
}

/** A step with the whole client, which is made of the version that is shown, and of no other. */
export function useClientStep<Answer>(
  { client_id: id, version }: ClientView,
  { method, path = '', onDone, onLate }: ClientStep<Answer>,
): Pick<UseMutationResult<Answer>, 'isPending' | 'error'> & { readonly press: () => void } {
  const queries = useQueryClient();
  const step = useChange<void, Answer>(() => ({ method, path: clientPath(id) + path, version }), { onDone });
  const { error, reset } = step;
  const current = error instanceof Refusal && error.isLostRace ? (error.answer.current as ClientView) : undefined;
  useEffect(() => {
    if (!current) return;
    reset();
    takeOver(queries, current);
    onLate(true);
  }, [current, reset, queries, onLate]);
  const press = () => {
    onLate(false);
    step.press();
  };
  return { isPending: step.isPending, error: current ? null : error, press };
}
