import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ResourceRow, ServiceView } from '@valetkey/owner-contract';
import { fillParts, nameText, past } from '@valetkey/wording';
import { useEffect, useRef } from 'react';
import type { PagesQuery } from '../../api/pages.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice } from '../../parts/card.part.js';
import { NoMatch } from '../../parts/empty.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Words } from '../../parts/words.part.js';
import { announce } from '../../shell/live-region.part.js';
import { HOME } from './home.messages.js';
import styles from './home.module.css';
import type { HomeSearch } from './home.search.js';
import { ResourceItem, rowLinkId } from './resource-item.part.js';
import type { ServiceGroup } from './service-groups.js';
import { groupsOf, labelGroupsOf } from './service-groups.js';

interface ResourceListProps {
  readonly query: PagesQuery<ResourceRow>;
  readonly rows: readonly ResourceRow[];
  readonly search: HomeSearch;
}

/** By service or by label, with the rest of the list a press away. */
export function ResourceList({ query, rows, search }: ResourceListProps) {
  const texts = useMessages(HOME);
  const navigate = useNavigate({ from: '/' });
  useFoundTold(query, search);
  if (rows.length === 0)
    return (
      <NoMatch what={texts.noMatch[search.show ?? 'all']} onClear={() => void navigate({ to: '/', search: {} })} />
    );
  return (
    <div className={styles.groups} aria-busy={query.isPlaceholderData || undefined}>
      {search.by === 'label' ? (
        <LabelGroups rows={rows} isWhole={!query.hasNextPage} />
      ) : (
        groupsOf(rows, query.hasNextPage).map((group) => <Group key={group.service.id} group={group} />)
      )}
      {query.hasNextPage && <More query={query} rows={rows} pages={search.pages ?? 1} />}
    </div>
  );
}

/** How many a search found, to who does not see it. */
function useFoundTold(query: PagesQuery<ResourceRow>, { q = '', show, label = '' }: HomeSearch): void {
  const texts = useMessages(HOME);
  const asked = `${show ?? 'all'} ${label} ${q}`;
  const told = useRef(asked);
  const total = query.data?.pages[0]?.total;
  const isThere = !query.isPlaceholderData && !query.isFetching;
  useEffect(() => {
    if (!isThere || told.current === asked) return;
    told.current = asked;
    if (total !== undefined) announce(texts.found(total));
  }, [asked, isThere, total, texts]);
}

function Group({ group: { service, rows, isWhole } }: { readonly group: ServiceGroup }) {
  const headingId = `service-${service.id}`;
  return (
    <section aria-labelledby={headingId} className={styles.service}>
      <h2 id={headingId} className={styles.serviceName}>
        <bdi>{service.name}</bdi>
        {isWhole && <span className={styles.count}> · {rows.length}</span>}
      </h2>
      {service.state === 'silent' && <Silent service={service} />}
      <ul className={styles.rows}>
        {rows.map((row) => (
          <ResourceItem key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

/** A thing with several labels is linked for the focus where it stands first. */
function LabelGroups({ rows, isWhole }: { readonly rows: readonly ResourceRow[]; readonly isWhole: boolean }) {
  const { group: texts } = useMessages(HOME);
  const { language } = useWording();
  const groups = labelGroupsOf(rows, language);
  const firstOf = (row: ResourceRow) => groups.find((one) => one.rows.includes(row));
  return groups.map((group, index) => (
    <section key={group.label ?? ''} aria-labelledby={`label-${index}`} className={styles.service}>
      <h2 id={`label-${index}`} className={styles.serviceName}>
        {group.label === undefined ? texts.none : <bdi>{group.label}</bdi>}
        {isWhole && <span className={styles.count}> · {group.rows.length}</span>}
      </h2>
      <ul className={styles.rows}>
        {group.rows.map((row) => (
          <ResourceItem key={row.id} row={row} withService isAgain={firstOf(row) !== group} />
        ))}
      </ul>
    </section>
  ));
}

/** The service does not answer: what is shown may have changed there. */
function Silent({ service }: { readonly service: ServiceView }) {
  const texts = useMessages(HOME);
  const reader = useWording();
  const client = useQueryClient();
  const { name, as_of: at } = service;
  const again = () => {
    void client.invalidateQueries({ queryKey: ['resources'] });
    void client.invalidateQueries({ queryKey: ['summary'] });
  };
  return (
    <Notice tone="warn">
      <p>
        <Words
          of={
            at === undefined
              ? fillParts(texts.silentAlways, nameText(name))
              : fillParts(texts.silent, nameText(name), past(at, reader))
          }
        />
      </p>
      <Button onClick={again}>{texts.askAgain}</Button>
    </Notice>
  );
}

interface MoreProps {
  readonly query: PagesQuery<ResourceRow>;
  readonly rows: readonly ResourceRow[];
  readonly pages: number;
}

/** The next page; then the focus is on the first of it. */
function More({ query, rows, pages }: MoreProps) {
  const texts = useMessages(HOME);
  const navigate = useNavigate({ from: '/' });
  const awaited = useRef<number | undefined>(undefined);
  const count = rows.length;
  useEffect(() => {
    const firstNew = awaited.current === undefined ? undefined : rows[awaited.current];
    if (!firstNew) return;
    awaited.current = undefined;
    document.getElementById(rowLinkId(firstNew.id))?.focus();
  }, [rows]);
  const more = () => {
    awaited.current = count;
    if (query.isError) void query.fetchNextPage();
    void navigate({
      to: '/',
      search: (former) => ({ ...former, pages: Math.max(pages, query.data?.pages.length ?? 1) + 1 }),
      replace: true,
      resetScroll: false,
    });
  };
  const total = query.data?.pages[0]?.total;
  return (
    <div className={styles.more}>
      {query.isFetchNextPageError && query.error && <ErrorBox error={query.error} what={texts.failed} />}
      <Button wide busy={query.isFetchingNextPage} onClick={more}>
        {total === undefined ? texts.moreUncounted : texts.more(count, total)}
      </Button>
    </div>
  );
}
