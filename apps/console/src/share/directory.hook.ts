import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { DirectoryAnswer } from '@valetkey/owner-contract';
import { read } from '../api/api-client.js';
import { queryString } from '../api/query-string.js';
import { useSettled } from '../parts/settled.hook.js';
import { foundSoFar } from './found-so-far.js';

const PAUSE_MS = 150;

/**
 * Whom the words find, once she pauses; no words: those whom she knows. Until their answer is there, `found` is what matches of the one before.
 * @param resourceId - found ones tell what they hold of it
 */
export function useDirectory(words: string, resourceId: string | undefined) {
  const q = useSettled(words.trim(), PAUSE_MS);
  const query = useQuery({
    queryKey: ['directory', q, resourceId ?? ''],
    queryFn: ({ signal }) => read<DirectoryAnswer>(`directory${queryString({ q, resource_id: resourceId })}`, signal),
    placeholderData: keepPreviousData,
  });
  const isBehind = query.isPlaceholderData || q !== words.trim();
  const found = query.data && isBehind ? foundSoFar(query.data, words) : query.data;
  return { ...query, found, words: q, isBehind };
}
