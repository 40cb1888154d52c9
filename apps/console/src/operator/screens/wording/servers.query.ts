import { queryOptions } from '@tanstack/react-query';
import type { ListAnswer, ResourceServerRow } from '@valetkey/operator-contract';
import { read } from '../../../api/api-client.js';

/** Resource servers and how they do. */
export function serversQuery() {
  return queryOptions({
    queryKey: ['operator', 'resource-servers'],
    queryFn: ({ signal }) => read<ListAnswer<ResourceServerRow>>('/operator-api/resource-servers', signal),
  });
}
