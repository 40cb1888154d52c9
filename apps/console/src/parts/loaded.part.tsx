import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorBox } from './error-box.part.js';
import { Loading } from './loading.part.js';

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly rows?: number;
  readonly size?: 'line' | 'row' | 'card';
  /** What failed, in a sentence. */
  readonly what?: string;
  readonly children: (data: Data) => ReactNode;
}

/** What was read, or how far it has come: loading, failed with a retry, or there. What is there stays when reading again fails. */
export function Loaded<Data>({ query, children, what, ...loading }: LoadedProps<Data>) {
  const retry = () => void query.refetch();
  if (query.data === undefined && !query.isError) return <Loading {...loading} onRetry={retry} />;
  return (
    <>
      {query.error !== null && <ErrorBox error={query.error} onRetry={retry} {...(what !== undefined && { what })} />}
      {query.data !== undefined && children(query.data)}
    </>
  );
}
