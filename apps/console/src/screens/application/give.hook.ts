import { useQueryClient } from '@tanstack/react-query';
import type { AccessRow, ListAnswer, ShareDraft } from '@valetkey/owner-contract';
import { useRef, useState } from 'react';
import { change, newKey } from '../../api/api-client.js';
import { readAgain } from '../../sharing/refresh.js';

export interface Giving {
  readonly given: readonly AccessRow[];
  readonly error: Error | undefined;
  readonly isUnderWay: boolean;
  readonly isDone: boolean;
  readonly give: (drafts: readonly ShareDraft[]) => void;
  readonly reset: () => void;
}

type State = Pick<Giving, 'given' | 'error' | 'isDone'> & { readonly isUnderWay: boolean };

const NOTHING: State = { given: [], error: undefined, isUnderWay: false, isDone: false };

/**
 * Makes one share after the other. Each keeps its key until it is made, and what was made is not made again: pressing the button again
 * after a failure goes on with the rest.
 */
export function useGiving(): Giving {
  const client = useQueryClient();
  const [state, setState] = useState(NOTHING);
  const isUnderWay = useRef(false);
  const keys = useRef(new Map<string, string>());
  const made = useRef(new Map<string, readonly AccessRow[]>());
  const run = async (drafts: readonly ShareDraft[]) => {
    for (const draft of drafts) await makeOnce(draft, keys.current, made.current);
  };
  const give = (drafts: readonly ShareDraft[]) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setState((former) => ({ ...former, error: undefined, isUnderWay: true }));
    const settle = (error: Error | undefined) => {
      isUnderWay.current = false;
      setState({ given: [...made.current.values()].flat(), error, isUnderWay: false, isDone: error === undefined });
      void readAgain(client);
    };
    run(drafts).then(
      () => settle(undefined),
      (error: unknown) => settle(error instanceof Error ? error : new Error('thrown', { cause: error })),
    );
  };
  const reset = () => {
    made.current.clear();
    keys.current.clear();
    setState(NOTHING);
  };
  return { ...state, give, reset };
}

async function makeOnce(
  body: ShareDraft,
  keys: Map<string, string>,
  made: Map<string, readonly AccessRow[]>,
): Promise<void> {
  const text = JSON.stringify(body);
  if (made.has(text)) return;
  const key = keys.get(text) ?? newKey();
  keys.set(text, key);
  const { items } = await change<ListAnswer<AccessRow>>({ method: 'POST', path: 'shares', body, key });
  made.set(text, items);
}
