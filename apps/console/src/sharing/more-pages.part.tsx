import { Link } from '@tanstack/react-router';
import type { PagesQuery } from '../api/pages.hook.js';
import { useMessages } from '../language/language.hook.js';
import { buttonClass } from '../parts/button.part.js';
import { SHARING } from './sharing.messages.js';
import { useWantedPages } from './wanted-pages.hook.js';

interface MorePagesProps<Item> {
  readonly list: PagesQuery<Item>;
  /** As the address says. */
  readonly wanted: number | undefined;
}

/** Leads to the next page below the present ones. How many are shown is in the address, so that going back shows them again. */
export function MorePages<Item>({ list, wanted = 1 }: MorePagesProps<Item>) {
  const texts = useMessages(SHARING);
  const read = list.data?.pages.length ?? 0;
  useWantedPages(list, { read, wanted });
  if (!list.hasNextPage) return null;
  return (
    <p>
      <Link
        to="."
        search={(present: object) => ({ ...present, pages: read + 1 })}
        replace
        resetScroll={false}
        className={buttonClass()}
      >
        {texts.more}
      </Link>
    </p>
  );
}
