import type { ResourceName } from '@valetkey/owner-contract';
import { createContext, useContext } from 'react';
import { useKeptForm } from '../../api/kept-form.hook.js';

/** As many as can be shared at once. */
export const MOST_CHOSEN = 100;

type Chosen = Pick<ResourceName, 'id' | 'name' | 'service'>;

interface ChoosingState {
  /** `null`: she is not choosing. */
  readonly rows: readonly Chosen[] | null;
}

interface Chooser {
  readonly isChoosing: boolean;
  readonly chosen: readonly Chosen[];
  readonly isFull: boolean;
  readonly start: () => void;
  readonly stop: () => void;
  readonly toggle: (row: Chosen, isChosen: boolean) => void;
}

const ChoosingContext = createContext<Chooser | undefined>(undefined);

export const Choosing = ChoosingContext;

/** Which resources are chosen to be shared together; they stay chosen through a search, and through a sign-in. */
export function useChoosing(): Chooser {
  const [{ rows }, set] = useKeptForm<ChoosingState>('chosen', { rows: null });
  const chosen = rows ?? [];
  return {
    isChoosing: rows !== null,
    chosen,
    isFull: chosen.length >= MOST_CHOSEN,
    start: () => set({ rows: [] }),
    stop: () => set({ rows: null }),
    toggle: ({ id, name, service }, isChosen) => {
      const others = chosen.filter((one) => one.id !== id);
      set({ rows: isChosen && others.length < MOST_CHOSEN ? [...others, { id, name, service }] : others });
    },
  };
}

export function useChooser(): Chooser {
  const chooser = useContext(ChoosingContext);
  if (!chooser) throw new Error('rows are chosen on the home screen only');
  return chooser;
}
