import { QueryClient } from '@tanstack/react-query';
import { Refusal, SessionOver } from './errors.js';

const MOST_TRIES = 2;

/** Reads again what failed in passing, never what was refused; changes are tried again by the person alone. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The browser may believe that it is offline while the server is near.
        networkMode: 'always',
        staleTime: 10_000,
        retry: (count, error) => count < MOST_TRIES && isPassing(error),
        retryDelay: (count) => 400 * 2 ** count,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

function isPassing(error: Error): boolean {
  if (error instanceof SessionOver) return false;
  return error instanceof Refusal ? error.isPassing : true;
}
