import { Link } from '@tanstack/react-router';
import { useMessages } from '../language/language.hook.js';
import styles from './navigation.module.css';
import { SHELL } from './shell.messages.js';

/** The owner's four places. */
export function OwnerNavigation() {
  const texts = useMessages(SHELL);
  const item = { className: styles.item ?? '', activeProps: { className: styles.present ?? '' } };
  return (
    <ul className={styles.list}>
      <li>
        <Link {...item} to="/" activeOptions={{ exact: true, includeSearch: false }}>
          {texts.resources}
        </Link>
      </li>
      <li>
        <Link {...item} to="/requests" activeOptions={{ includeSearch: false }}>
          {texts.requests}
        </Link>
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
