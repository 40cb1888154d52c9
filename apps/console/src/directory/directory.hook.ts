import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import type { DirectoryAnswer } from '@valetkey/owner-contract';
import { read } from '../api/api-client.js';
import { queryString } from '../api/query-string.js';
import { useSettled } from '../parts/settled.hook.js';

const LEAST_LETTERS = 2;

export interface DirectorySearch {
  readonly query: UseQueryResult<DirectoryAnswer>;
  /** What the answer is to; '' while there is too little to ask for. */
  readonly asked: string;
}

/** Whom or which application the words may mean, once typing pauses. */
export function useDirectory(words: string): DirectorySearch {
  const settled = useSettled(words.trim());
  const asked = settled.length < LEAST_LETTERS ? '' : settled;
  const query = useQuery({
    queryKey: ['directory', asked],
    queryFn: ({ signal }) => read<DirectoryAnswer>(`directory${queryString({ q: asked })}`, signal),
    enabled: asked !== '',
    placeholderData: (former) => (asked === '' ? undefined : former),
  });
  return { query, asked };
}
