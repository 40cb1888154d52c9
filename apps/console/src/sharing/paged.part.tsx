import type { ReactNode } from 'react';
import type { PagesQuery } from '../api/pages.hook.js';
import { itemsOf } from '../api/pages.hook.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { Loading } from '../parts/loading.part.js';
import { MorePages } from './more-pages.part.js';

interface PagedProps<Item> {
  readonly list: PagesQuery<Item>;
  /** What failed, in a sentence. */
  readonly what: string;
  /** How many pages the address wants. */
  readonly wanted: number | undefined;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list of several pages, or how far it has come. What is there stays when reading again fails. */
export function Paged<Item>({ list, what, wanted, children }: PagedProps<Item>) {
  const items = itemsOf(list);
  const retry = () => void list.refetch();
  if (!items && !list.isError) return <Loading onRetry={retry} />;
  return (
    <>
      {list.error && <ErrorBox error={list.error} what={what} onRetry={retry} />}
      {items && children(items)}
      <MorePages list={list} wanted={wanted} />
    </>
  );
}
