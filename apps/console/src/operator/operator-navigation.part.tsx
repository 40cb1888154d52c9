import { Link } from '@tanstack/react-router';
import { useMessages } from '../language/language.hook.js';
import styles from '../shell/navigation.module.css';
import { OPERATOR } from './operator.messages.js';

/** The operator's places. */
export function OperatorNavigation() {
  const texts = useMessages(OPERATOR);
  const item = {
    className: styles.item ?? '',
    activeProps: { className: styles.present ?? '' },
    activeOptions: { includeSearch: false },
  };
  return (
    <ul className={styles.list}>
      <li>
        <Link {...item} to="/clients">
          {texts.clients}
        </Link>
      </li>
      <li>
        <Link {...item} to="/wording">
          {texts.wording}
        </Link>
      </li>
      <li>
        <Link {...item} to="/jobs">
          {texts.jobs}
        </Link>
      </li>
    </ul>
  );
}
