import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import type { SummaryView } from '@valetkey/owner-contract';
import { read } from './api-client.js';

/** How much there is, and how many requests wait. */
export function useSummary(): UseQueryResult<SummaryView> {
  return useQuery({ queryKey: ['summary'], queryFn: ({ signal }) => read<SummaryView>('summary', signal) });
}
