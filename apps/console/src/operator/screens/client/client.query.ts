import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { ClientView, RegisteredClient } from '@valetkey/operator-contract';
import { read } from '../../../api/api-client.js';

/** Address of a client in the API. */
export function clientPath(id: string): string {
  return `/operator-api/clients/${encodeURIComponent(id)}`;
}

export function clientQuery(id: string) {
  return queryOptions({
    queryKey: ['operator', 'clients', id],
    queryFn: ({ signal }) => read<ClientView>(clientPath(id), signal),
  });
}

/** Takes over what a change answered; its secret is for the screen that shows it. Lists are read again. */
export function takeOver(queries: QueryClient, answer: RegisteredClient): void {
  const members = Object.entries(answer).filter(([name]) => name !== 'client_secret');
  const client = Object.fromEntries<unknown>(members) as unknown as ClientView;
  queries.setQueryData(clientQuery(client.client_id).queryKey, client);
  void queries.invalidateQueries({ queryKey: ['/operator-api/clients'] });
}
