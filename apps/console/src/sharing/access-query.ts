import { queryOptions } from '@tanstack/react-query';
import type { AccessView } from '@valetkey/owner-contract';
import { read } from '../api/api-client.js';

/** One access with its history and the ways it was used. @param id - `share:…` or `grant:…` */
export function accessQuery(id: string) {
  return queryOptions({
    queryKey: ['access', 'one', id],
    queryFn: ({ signal }) => read<AccessView>(`access/${encodeURIComponent(id)}`, signal),
  });
}
