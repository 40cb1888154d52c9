import { useQuery } from '@tanstack/react-query';
import type { RequestView } from '@valetkey/owner-contract';
import { useState } from 'react';
import { read } from '../../api/api-client.js';

export const requestKey = (id: string) => ['requests', 'one', id] as const;

/** A request as it is now: what is not in the list any more is read by itself, so that its outcome can be shown where it stood. */
export function usePresentRequest(known: RequestView, isListed: boolean): RequestView {
  const { id } = known;
  const { data: one } = useQuery({
    queryKey: requestKey(id),
    queryFn: ({ signal }) => read<RequestView>(`requests/${encodeURIComponent(id)}`, signal),
    enabled: !isListed,
  });
  return one && Number(one.version) >= Number(known.version) ? one : known;
}

export interface SeenRequest {
  readonly request: RequestView;
  readonly isListed: boolean;
}

/** The list with everything that was in it while this screen was open: what is answered or over stays where it stood. */
export function useSeenRequests(listed: readonly RequestView[]): readonly SeenRequest[] {
  const [seen, setSeen] = useState(listed);
  const present = new Map(listed.map((one) => [one.id, one]));
  const unseen = listed.filter(({ id }) => seen.every((one) => one.id !== id));
  if (unseen.length > 0) setSeen([...seen, ...unseen]);
  return seen.map((one) => ({ request: present.get(one.id) ?? one, isListed: present.has(one.id) }));
}
