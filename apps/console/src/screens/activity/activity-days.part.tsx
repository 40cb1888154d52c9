import { Link } from '@tanstack/react-router';
import type { ActivityRow } from '@valetkey/owner-contract';
import type { ReactNode } from 'react';
import { activityLine, addDays, dateOf, dayText, plainText, startOfDay, timeText } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Card } from '../../parts/card.part.js';
import { Words } from '../../parts/words.part.js';
import { ACTIVITY } from './activity.messages.js';
import styles from './activity.module.css';
import type { Day } from './days.js';
import { daysOf } from './days.js';

/** What happened, under the days on which it did. */
export function ActivityDays({ rows }: { readonly rows: readonly ActivityRow[] }) {
  const { zone = 'UTC' } = useWording();
  return daysOf(rows, zone).map((day) => <OneDay key={day.date} day={day} />);
}

function OneDay({ day }: { readonly day: Day }) {
  return (
    <section className={styles.day}>
      <h2 className={styles.date}>
        <time dateTime={day.date}>{useDayName(day.date)}</time>
      </h2>
      <Card>
        <ol className={styles.rows}>
          {day.rows.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ol>
      </Card>
    </section>
  );
}

/** "Today, Sun 22 Nov 2026" */
function useDayName(date: string): string {
  const texts = useMessages(ACTIVITY);
  const reader = useWording();
  const zone = reader.zone ?? 'UTC';
  const text = dayText(startOfDay(date, zone), reader);
  const today = dateOf(reader.now, zone);
  if (date === today) return `${texts.today}, ${text}`;
  return date === addDays(today, -1) ? `${texts.yesterday}, ${text}` : text;
}

function Line({ row }: { readonly row: ActivityRow }) {
  const texts = useMessages(ACTIVITY);
  const reader = useWording();
  const line = activityLine(row, reader);
  const about = <span className="unseen">{texts.about(plainText(line))}</span>;
  return (
    <li className={styles.row}>
      <time dateTime={row.at} className={styles.time}>
        {timeText(row.at, { ...reader, readerZone: undefined })}
      </time>
      <div className={styles.what}>
        <p>
          <Words of={line} />
        </p>
        {row.reference !== undefined && <p className={styles.reference}>{texts.reference(row.reference)}</p>}
        {row.access_id !== undefined && (
          <Link to="/access/$id" params={{ id: row.access_id }} className={styles.link}>
            {texts.access}
            {about}
          </Link>
        )}
        {row.kind === 'refused' && <Refused row={row}>{about}</Refused>}
        {row.kind === 'asked' && row.request_id !== undefined && (
          <Link to="/requests" className={styles.link}>
            {texts.request}
            {about}
          </Link>
        )}
      </div>
    </li>
  );
}

/** What was refused is about no access, but about a thing: that has its page while it is there. */
function Refused({ row, children }: { readonly row: ActivityRow; readonly children: ReactNode }) {
  const texts = useMessages(ACTIVITY);
  const thing = row.resources.find(({ removed }) => removed !== true);
  if (row.access_id !== undefined || !thing) return null;
  return (
    <Link to="/resources/$id" params={{ id: thing.id }} className={styles.link}>
      {texts.thing}
      {children}
    </Link>
  );
}
