import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { WordingAnswer, WordingRow } from '@valetkey/operator-contract';
import { deedLine } from '@valetkey/wording';
import { read } from '../../../api/api-client.js';
import { queryString } from '../../../api/query-string.js';
import { useMessages, useReader } from '../../../language/language.hook.js';
import { Button, buttonClass } from '../../../parts/button.part.js';
import { Card, Notice } from '../../../parts/card.part.js';
import { Empty, NoMatch } from '../../../parts/empty.part.js';
import { Field, Tick } from '../../../parts/field.part.js';
import { Loaded } from '../../../parts/loaded.part.js';
import { useTyped } from '../../../parts/typed.hook.js';
import { Words } from '../../../parts/words.part.js';
import { DataTable } from '../../parts/data-table.part.js';
import styles from './wording.module.css';
import { WORDING } from './wording.messages.js';

const route = getRouteApi('/wording');

/** Every scope that owners may meet: what they read, whether they can give it. */
export function WordingTable() {
  const texts = useMessages(WORDING);
  const search = route.useSearch();
  const list = useInfiniteQuery({
    queryKey: ['operator', 'wording', 'list', search],
    queryFn: ({ signal, pageParam }) => {
      const members = { search: search.q, state: search.state, cursor: pageParam };
      return read<WordingAnswer>(`/operator-api/wording${queryString(members)}`, signal);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (former) => former,
  });
  return (
    <Card as="section">
      <Finder />
      <Loaded query={list} rows={5} what={texts.failed}>
        {({ pages }) => (
          <>
            {pages[0] && <Coverage answer={pages[0]} />}
            <Rows items={pages.flatMap(({ items }) => items)} />
            {list.hasNextPage && (
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {texts.more}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** In words and as a bar. */
function Coverage({ answer: { coverage, is_complete: isComplete } }: { readonly answer: WordingAnswer }) {
  const texts = useMessages(WORDING);
  return (
    <div>
      <p>{texts.covered(coverage.published, coverage.all)}</p>
      <progress
        className={styles.meter}
        aria-label={texts.coverage}
        value={coverage.published}
        max={Math.max(1, coverage.all)}
      />
      {!isComplete && <Notice tone="warn">{texts.incomplete}</Notice>}
    </div>
  );
}

function Finder() {
  const texts = useMessages(WORDING);
  const { q = '', state } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, type] = useTyped(q, (words) => {
    void navigate({ search: (former) => ({ ...former, q: words === '' ? undefined : words }), replace: true });
  });
  const choose = (onlyLacking: boolean) =>
    void navigate({ search: (former) => ({ ...former, state: onlyLacking ? 'lacking' : undefined }) });
  return (
    <form role="search" className={styles.finder} onSubmit={(event) => event.preventDefault()}>
      <Field
        type="search"
        dir="auto"
        label={texts.search}
        maxLength={100}
        value={typed}
        onChange={({ target }) => type(target.value)}
      />
      <Tick label={texts.onlyLacking} checked={state === 'lacking'} onChange={({ target }) => choose(target.checked)} />
    </form>
  );
}

function Rows({ items }: { readonly items: readonly WordingRow[] }) {
  const texts = useMessages(WORDING);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  if (items.length === 0 && Object.keys(search).length === 0) return <Empty {...texts.none} />;
  if (items.length === 0) return <NoMatch what={texts.noMatch} onClear={() => void navigate({ search: {} })} />;
  return (
    <DataTable caption={texts.wording} columns={texts.columns}>
      {items.map((row) => (
        <ScopeRow key={row.id} row={row} />
      ))}
    </DataTable>
  );
}

function ScopeRow({ row }: { readonly row: WordingRow }) {
  const texts = useMessages(WORDING);
  return (
    <tr>
      <th scope="row">
        <bdi>{row.scope}</bdi>
        <span className={styles.quiet}>
          <bdi>{row.servers.join(', ')}</bdi>
        </span>
      </th>
      <td>
        <Sentence row={row} />
      </td>
      <td>
        {row.published ? texts.canBeGiven : texts.cannotBeGiven}
        <span className={styles.quiet}>{texts.sources[row.source]}</span>
        {row.draft && <span className={styles.quiet}>{texts.draft}</span>}
      </td>
      <td>
        <Link
          to="/wording/$id"
          params={{ id: row.id }}
          className={buttonClass()}
          aria-label={texts.editNamed(row.scope)}
        >
          {texts.edit}
        </Link>
      </td>
    </tr>
  );
}

/** In the reader's language where there is one; words of another are marked as such. */
function Sentence({ row: { words } }: { readonly row: WordingRow }) {
  const texts = useMessages(WORDING);
  const { language } = useReader();
  const known = Object.entries(words.texts);
  const [tag, text] = known.find(([one]) => one.split('-')[0] === language) ?? known[0] ?? [];
  const { verb = '', object = '' } = text ?? {};
  if (tag === undefined || verb === '' || object === '') return texts.noWords;
  const isForeign = tag.split('-')[0] !== language;
  return <Words of={[deedLine({ verb, object, published: true, ...(isForeign && { lang: tag }) }, language)]} />;
}
