import { Link } from '@tanstack/react-router';
import type { ClientView } from '@valetkey/operator-contract';
import { useMessages } from '../../language/language.hook.js';
import { Notice } from '../../parts/card.part.js';
import { ALIKE } from './alike-clients.messages.js';
import styles from './client-fields.module.css';

/** Others of the operator that are called the same, as people read it. Nothing where there is none. */
export function AlikeClients({ client: { alike } }: { readonly client: Pick<ClientView, 'alike'> }) {
  const texts = useMessages(ALIKE);
  if (alike.length === 0) return null;
  return (
    <Notice tone="warn">
      <p>{texts.lead}</p>
      <ul className={styles.scopes}>
        {alike.map(({ client_id: id, name }) => (
          <li key={id}>
            <Link to="/clients/$id" params={{ id }}>
              <bdi>{name}</bdi>
            </Link>{' '}
            <code>{id}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
