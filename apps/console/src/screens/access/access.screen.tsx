import { Link, useSearch } from '@tanstack/react-router';
import type { AccessList, AccessRow } from '@valetkey/owner-contract';
import { useEffect, useState } from 'react';
import type { PagesQuery } from '../../api/pages.hook.js';
import { usePages } from '../../api/pages.hook.js';
import { useSession } from '../../api/session.hook.js';
import { WaitingInvitations } from '../../invitations/waiting-invitations.part.js';
import { useMessages } from '../../language/language.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Chips } from '../../parts/chips.part.js';
import { Empty, NoMatch } from '../../parts/empty.part.js';
import { Field } from '../../parts/field.part.js';
import { useSettled } from '../../parts/settled.hook.js';
import { useHeldRow } from '../../sharing/held-row.hook.js';
import { Paged } from '../../sharing/paged.part.js';
import { Screen } from '../../shell/screen.part.js';
import { ACCESS } from './access.messages.js';
import styles from './access.module.css';
import type { AccessSearch } from './access.search.js';
import { FILTERS } from './access.search.js';
import { useSearchMembers } from './access-search.hook.js';
import { AccessSections } from './access-sections.part.js';
import { RemovedList } from './removed-list.part.js';

/** O8: everybody who can use anything of hers, since when, and what it was used for. */
export function AccessScreen() {
  const texts = useMessages(ACCESS);
  const { by = 'holder', show = 'all', q = '' } = useSearch({ from: '/access' });
  const { sharing } = useSession();
  const list = usePages<AccessRow>('access', { by, filter: show, q });
  const actions = (
    <>
      <Link to="/applications" className={buttonClass()}>
        {texts.application}
      </Link>
      <Link to="/stop" className={buttonClass('danger')}>
        {texts.stop}
      </Link>
    </>
  );
  return (
    <Screen title={texts.title} actions={actions}>
      <Filters counts={countsOf(list)} />
      <Found list={list} />
      {/* Not before the list: it would be pushed down. */}
      {!list.isPending && sharing.invitations && <WaitingInvitations />}
      {!list.isPending && <RemovedList />}
    </Screen>
  );
}

/** The counts of the last answer: they are of everything, not of its page. */
function countsOf({ data }: PagesQuery<AccessRow>): AccessList['counts'] | undefined {
  return (data?.pages.at(-1) as AccessList | undefined)?.counts;
}

/** Another choice shows the first page, with nothing unfolded. */
function useChangeSearch(): (members: AccessSearch) => void {
  const setMembers = useSearchMembers();
  return (members) => setMembers({ pages: undefined, open: undefined, change: undefined, ...members });
}

function Filters({ counts }: { readonly counts: AccessList['counts'] | undefined }) {
  const texts = useMessages(ACCESS);
  const { by = 'holder', show = 'all' } = useSearch({ from: '/access' });
  const change = useChangeSearch();
  return (
    <div className={styles.filters}>
      <SearchField />
      <Chips
        legend={texts.by.legend}
        chips={[
          { value: 'holder', label: texts.by.holder },
          { value: 'resource', label: texts.by.resource },
        ]}
        value={by}
        onChoose={(value) => change({ by: value === 'resource' ? value : undefined })}
      />
      <Chips
        legend={texts.show.legend}
        chips={FILTERS.map((value) => ({ value, label: texts.show[value], count: counts?.[value] }))}
        value={show}
        onChoose={(value) => change({ show: value === 'all' ? undefined : value })}
      />
    </div>
  );
}

/** What is typed is in the address as soon as she pauses. */
function SearchField() {
  const texts = useMessages(ACCESS);
  const { q = '' } = useSearch({ from: '/access' });
  const change = useChangeSearch();
  const [{ typed, known }, setText] = useState({ typed: q, known: q });
  if (known !== q) setText({ typed: typed.trim() === q ? typed : q, known: q });
  const settled = useSettled(typed);
  useEffect(() => {
    if (settled === typed && settled.trim() !== q) change({ q: settled.trim() === '' ? undefined : settled.trim() });
  }, [settled, typed, q, change]);
  return (
    <Field
      type="search"
      label={texts.search}
      maxLength={100}
      value={typed}
      onChange={({ target }) => setText({ typed: target.value, known: q })}
    />
  );
}

function Found({ list }: { readonly list: PagesQuery<AccessRow> }) {
  const texts = useMessages(ACCESS);
  const { show, q, pages } = useSearch({ from: '/access' });
  const counts = countsOf(list);
  const isFiltered = show !== undefined || q !== undefined;
  return (
    <Paged list={list} what={texts.failed} wanted={pages}>
      {(rows) => (
        <>
          <p role="status" className="unseen">
            {isFiltered ? texts.found(rows.length) : ''}
          </p>
          {counts && <Rows rows={rows} counts={counts} />}
        </>
      )}
    </Paged>
  );
}

interface RowsProps {
  readonly rows: readonly AccessRow[];
  readonly counts: AccessList['counts'];
}

function Rows({ rows, counts }: RowsProps) {
  const { by = 'holder', change, show, q } = useSearch({ from: '/access' });
  const shown = useHeldRow(rows, change);
  if (shown.length === 0) return <Nothing isFiltered={show !== undefined || q !== undefined} />;
  return <AccessSections rows={shown} by={by} counts={counts} />;
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const texts = useMessages(ACCESS);
  const change = useChangeSearch();
  if (isFiltered) return <NoMatch what={texts.noMatch} onClear={() => change({ show: undefined, q: undefined })} />;
  const home = (
    <Link to="/" className={buttonClass()}>
      {texts.empty.action}
    </Link>
  );
  return <Empty what={texts.empty.what} how={texts.empty.how} action={home} />;
}
