import type { Page, PageRequest } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import { pageRequestOf } from '../http/page-query.js';

/**
 * The part of a list that the address of a page names. People keep addresses and shorten them: what is no place in the list
 * (any more) is its beginning, since an empty page would say that there is nothing.
 * @param most - rows that a page holds at most, and if the address says nothing
 */
export async function pageAt<T>(
  query: unknown,
  most: number,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Page<T>> {
  const request = requestOf(query, most);
  const page = await read(request);
  return page.items.length === 0 && request.after !== undefined ? read({ limit: request.limit }) : page;
}

function requestOf(query: unknown, most: number): PageRequest {
  try {
    return pageRequestOf(query, { usual: most, most });
  } catch (error) {
    if (error instanceof OAuthError) return { limit: most };
    throw error;
  }
}
