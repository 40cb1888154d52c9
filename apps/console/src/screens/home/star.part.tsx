import type { InfiniteData } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import type { ListAnswer, ResourceRow } from '@valetkey/owner-contract';
import { Star as StarIcon } from 'lucide-react';
import { useChange } from '../../api/change.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { SessionOver } from '../../api/errors.js';
import { toast } from '../../shell/toast-queue.js';
import { HOME } from './home.messages.js';
import styles from './home.module.css';

type Pages = InfiniteData<ListAnswer<ResourceRow>>;

/** Marks a resource, at once; when that fails it is taken back, and said. */
export function Star({ row }: { readonly row: ResourceRow }) {
  const texts = useMessages(HOME);
  const show = useShown(row.id);
  const change = useChange<boolean, unknown>((starred) => ({
    method: 'PUT',
    path: `resources/${encodeURIComponent(row.id)}/star`,
    body: { starred },
  }));
  const press = () => {
    if (change.isPending) return;
    const starred = !row.starred;
    show(starred);
    change.mutate(starred, {
      onError: (error) => {
        show(!starred);
        if (!(error instanceof SessionOver)) toast(texts.starFailed(row.name));
      },
    });
  };
  return (
    <button
      type="button"
      className={styles.star}
      aria-pressed={row.starred}
      aria-label={texts.star(row.name)}
      onClick={press}
    >
      <StarIcon size={20} aria-hidden="true" fill={row.starred ? 'currentColor' : 'none'} />
    </button>
  );
}

/** Changes the star in every list that was read. A row stays in its list until the list is read again, so nothing jumps away. */
function useShown(id: string): (starred: boolean) => void {
  const client = useQueryClient();
  return (starred) => {
    client.setQueriesData<Pages>(
      { queryKey: ['resources', 'pages'] },
      (data) =>
        data && { ...data, pages: data.pages.map((page) => ({ ...page, items: withStar(page.items, id, starred) })) },
    );
    void client.invalidateQueries({ queryKey: ['resources', id], exact: true });
  };
}

function withStar(rows: readonly ResourceRow[], id: string, starred: boolean): readonly ResourceRow[] {
  return rows.map((row) => (row.id === id ? { ...row, starred } : row));
}
