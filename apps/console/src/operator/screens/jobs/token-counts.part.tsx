import { useInfiniteQuery } from '@tanstack/react-query';
import type { ClientTokens, TokenCountKind, TokensAnswer } from '@valetkey/operator-contract';
import { read } from '../../../api/api-client.js';
import { queryString } from '../../../api/query-string.js';
import { useMessages, useReader } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card, Notice } from '../../../parts/card.part.js';
import { Empty } from '../../../parts/empty.part.js';
import { Loaded } from '../../../parts/loaded.part.js';
import { DataTable } from '../../parts/data-table.part.js';
import styles from './jobs.module.css';
import { TOKENS } from './jobs.messages.js';
import { TokenRates } from './token-rates.part.js';

const KINDS: readonly TokenCountKind[] = ['access', 'protection', 'rpt', 'refresh', 'pct'];

/** What lives now, and what the token endpoint answers. */
export function TokenCounts({ interval }: { readonly interval: number | false }) {
  const texts = useMessages(TOKENS);
  const tokens = useInfiniteQuery({
    queryKey: ['operator', 'tokens'],
    queryFn: ({ signal, pageParam }) =>
      read<TokensAnswer>(`/operator-api/tokens${queryString({ cursor: pageParam })}`, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: interval,
  });
  return (
    <Loaded query={tokens} rows={4} what={texts.failed}>
      {({ pages }) => (
        <>
          {pages[0] && <TokenRates rates={pages[0].rates} />}
          <Card as="section">
            <Clients items={pages.flatMap(({ items }) => items)} />
            <p className={styles.quiet}>{texts.livingNote}</p>
            {pages[0]?.is_complete === false && <Notice tone="warn">{texts.incomplete}</Notice>}
            {tokens.hasNextPage && (
              <Button busy={tokens.isFetchingNextPage} onClick={() => void tokens.fetchNextPage()}>
                {texts.more}
              </Button>
            )}
          </Card>
        </>
      )}
    </Loaded>
  );
}

function Clients({ items }: { readonly items: readonly ClientTokens[] }) {
  const texts = useMessages(TOKENS);
  const most = items[0]?.total ?? 0;
  if (items.length === 0) return <Empty {...texts.none} />;
  return (
    <DataTable
      caption={texts.living}
      columns={[texts.application, texts.total, ...KINDS.map((kind) => texts.kinds[kind])]}
    >
      {items.map((client) => (
        <Client key={client.client_id} client={client} most={most} />
      ))}
    </DataTable>
  );
}

function Client({ client, most }: { readonly client: ClientTokens; readonly most: number }) {
  const { language } = useReader();
  const numbers = new Intl.NumberFormat(language);
  return (
    <tr>
      <th scope="row">
        <bdi>{client.client_name ?? client.client_id}</bdi>
        <span className={styles.quiet}>{client.client_id}</span>
      </th>
      <td>
        {numbers.format(client.total)}
        <svg className={styles.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect className={styles.issued} width={(100 * client.total) / Math.max(1, most)} height="4" />
        </svg>
      </td>
      {KINDS.map((kind) => (
        <td key={kind}>{numbers.format(client.counts[kind])}</td>
      ))}
    </tr>
  );
}
