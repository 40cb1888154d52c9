import type { QueryClient } from '@tanstack/react-query';

/** Reads again what is shown: after a change that lists, counts and details tell of. */
export function readAgain(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}
