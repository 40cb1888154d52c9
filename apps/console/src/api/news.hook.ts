import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { issuerPath } from './address.js';
import { hearNews } from './news.js';
import { useSession } from './session.hook.js';

/** What happens at once is read again once. */
const GATHER_MS = 200;
/** No activity changes these, or the screen itself says when they begin anew. */
const STEADY: readonly unknown[] = ['session', 'settings', 'check-up', 'stop'];

/** Reads again what is shown when something happened to what is hers, or to what others gave her; in a window that nobody sees, when somebody does. */
export function useNews(): void {
  const client = useQueryClient();
  const person = useSession().person.id;
  useEffect(() => {
    let timer: number | undefined;
    const readAgain = () => {
      timer = undefined;
      void client.invalidateQueries({
        predicate: ({ queryKey }) => !STEADY.includes(queryKey[0]),
        refetchType: document.hidden ? 'none' : 'active',
      });
    };
    const end = hearNews(`news ${issuerPath()} ${person}`, () => {
      timer ??= window.setTimeout(readAgain, GATHER_MS);
    });
    return () => {
      window.clearTimeout(timer);
      end();
    };
  }, [client, person]);
}
