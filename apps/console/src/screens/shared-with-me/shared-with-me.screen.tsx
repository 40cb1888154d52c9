import { useSearch } from '@tanstack/react-router';
import type { SharedWithMeRow } from '@valetkey/owner-contract';
import { useId } from 'react';
import {
  fillParts,
  inDaysOf,
  lastUsed,
  nameText,
  plainName,
  sharedWithMeSentence,
  startsText,
} from '@valetkey/wording';
import { usePages } from '../../api/pages.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Empty } from '../../parts/empty.part.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import { Words } from '../../parts/words.part.js';
import { Paged } from '../../sharing/paged.part.js';
import { Screen } from '../../shell/screen.part.js';
import { OwnRequests } from './own-requests.part.js';
import { SHARED_WITH_ME } from './shared-with-me.messages.js';
import styles from './shared-with-me.module.css';

/** O10: what others let her use, and what she asked others for. */
export function SharedWithMeScreen() {
  const texts = useMessages(SHARED_WITH_ME);
  return (
    <Screen title={texts.title}>
      <Shared />
      <OwnRequests />
    </Screen>
  );
}

function Shared() {
  const texts = useMessages(SHARED_WITH_ME);
  const { pages } = useSearch({ from: '/shared-with-me' });
  const list = usePages<SharedWithMeRow>('shared-with-me');
  return (
    <Paged list={list} what={texts.failed} wanted={pages}>
      {(rows) => (
        <>
          {rows.length === 0 && <Empty what={texts.empty.what} how={texts.empty.how} />}
          <Group title={texts.present} rows={rows.filter(({ state }) => state !== 'ended')} />
          <Group title={texts.ended} rows={rows.filter(({ state }) => state === 'ended')} />
        </>
      )}
    </Paged>
  );
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly SharedWithMeRow[] }) {
  const id = useId();
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{title}</h2>
      <ul className={styles.list}>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { readonly row: SharedWithMeRow }) {
  const texts = useMessages(SHARED_WITH_ME);
  const reader = useWording();
  const { owner, resources } = row;
  const [resource] = resources;
  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <h3 className={styles.heading}>
          <bdi>{resource?.name ?? owner.name}</bdi>{' '}
          {resource && (
            <span className={styles.about}>
              <Words of={fillParts(texts.at, nameText(resource.service.name))} />
            </span>
          )}
        </h3>
        <p>
          <SubjectName subject={owner} strong={false} />
        </p>
        <p>
          <Words of={sharedWithMeSentence(row, reader)} />
        </p>
        {row.state !== 'ended' && <Use row={row} />}
      </div>
      <Open row={row} />
    </li>
  );
}

function Use({ row: { state, from, last_used_at: used, time_zone: zone } }: { readonly row: SharedWithMeRow }) {
  const reader = useWording();
  const isAhead = state === 'starting' && from !== undefined;
  return (
    <p className={styles.about}>
      <Words of={isAhead ? startsText(from, inDaysOf(zone, reader)) : lastUsed(used, reader)} />
    </p>
  );
}

/** Leads to where its service shows it to people. */
function Open({ row: { link, state, resources } }: { readonly row: SharedWithMeRow }) {
  const texts = useMessages(SHARED_WITH_ME);
  const [resource] = resources;
  if (link === undefined || state !== 'active' || !isWeb(link) || !resource) return null;
  return (
    <a href={link} className={buttonClass()} rel="noreferrer">
      {texts.open(plainName(resource.service.name))}
      <span className="unseen">: {plainName(resource.name)}</span>
    </a>
  );
}

/** Whatever a service says: nothing but a page is opened. */
function isWeb(link: string): boolean {
  return /^https?:\/\//i.test(link);
}
