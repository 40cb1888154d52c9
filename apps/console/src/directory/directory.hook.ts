import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import type { DirectoryAnswer } from '@valetkey/owner-contract';
import { read } from '../api/api-client.js';
import { queryString } from '../api/query-string.js';
import { useSettled } from '../parts/settled.hook.js';

/** Whom or which application the words may mean, once typing pauses; without words those whom she knows. */
export function useDirectory(words: string): UseQueryResult<DirectoryAnswer> {
  const asked = useSettled(words.trim());
  return useQuery({
    queryKey: ['directory', asked],
    queryFn: ({ signal }) => read<DirectoryAnswer>(`directory${queryString({ q: asked })}`, signal),
    placeholderData: (former) => former,
  });
}
