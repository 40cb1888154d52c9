import { Link } from '@tanstack/react-router';
import { useSummary } from '../api/summary.hook.js';
import { useMessages } from '../language/language.hook.js';
import styles from './navigation.module.css';
import { SHELL } from './shell.messages.js';

const WAITING = 'waiting-requests';
const MOST_SHOWN = 99;

/** The owner's four places, and how many requests wait for her. */
export function OwnerNavigation() {
  const texts = useMessages(SHELL);
  const waiting = useSummary().data?.requests.waiting ?? 0;
  const item = { className: styles.item ?? '', activeProps: { className: styles.present ?? '' } };
  return (
    <ul className={styles.list}>
      <li>
        <Link {...item} to="/" activeOptions={{ exact: true, includeSearch: false }}>
          {texts.resources}
        </Link>
      </li>
      <li>
        <Link
          {...item}
          to="/requests"
          activeOptions={{ includeSearch: false }}
          {...(waiting > 0 && { 'aria-describedby': WAITING })}
        >
          {texts.requests}
          {waiting > 0 && (
            <span aria-hidden="true" className={styles.count}>
              {waiting > MOST_SHOWN ? `${MOST_SHOWN}+` : waiting}
            </span>
          )}
        </Link>
        {waiting > 0 && (
          <span id={WAITING} className="unseen">
            {texts.waiting(waiting)}
          </span>
        )}
      </li>
      <li>
        <Link {...item} to="/access" activeOptions={{ includeSearch: false }}>
          {texts.access}
        </Link>
      </li>
      <li>
        <Link {...item} to="/shared-with-me" activeOptions={{ includeSearch: false }}>
          {texts.sharedWithMe}
        </Link>
      </li>
    </ul>
  );
}
