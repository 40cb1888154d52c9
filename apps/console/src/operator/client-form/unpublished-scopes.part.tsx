import { Link } from '@tanstack/react-router';
import type { ClientView } from '@valetkey/operator-contract';
import { useMessages } from '../../language/language.hook.js';
import { Notice } from '../../parts/card.part.js';
import styles from './client-fields.module.css';
import { UNPUBLISHED } from './unpublished-scopes.messages.js';

/** What it asks for and nobody can allow: misspelt, or not worded yet. Nothing where that is nothing. */
export function UnpublishedScopes({ client: { unpublished } }: { readonly client: Pick<ClientView, 'unpublished'> }) {
  const texts = useMessages(UNPUBLISHED);
  if (unpublished.length === 0) return null;
  return (
    <Notice tone="warn">
      <p>{texts.lead}</p>
      <ul className={styles.scopes}>
        {unpublished.map(({ scope, wording, known }) => (
          <li key={scope}>
            <code>
              <bdi>{scope}</bdi>
            </code>{' '}
            {known ? texts.unworded : texts.unknown}{' '}
            <Link to="/wording/$id" params={{ id: wording }}>
              {texts.word(scope)}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
