import type { ClientView } from '@valetkey/operator-contract';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useMessages } from '../../../language/language.hook.js';
import { Card, Notice } from '../../../parts/card.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { AlikeClients } from '../../client-form/alike-clients.part.js';
import { CLIENT_WORDS } from '../../client-form/client-words.messages.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { ClientSecrets } from './client-secrets.part.js';
import { RemoveClient } from './remove-client.part.js';
import { SuspendClient } from './suspend-client.part.js';

/** What it is at present, how it is used, and what can be done with all of it. */
export function ClientUse({ client }: { readonly client: ClientView }) {
  const { late } = useMessages(CLIENT);
  const [isLate, setLate] = useState(false);
  return (
    <>
      {isLate && (
        <Notice tone="warn" role="alert">
          <h2 className={styles.heading}>{late.title}</h2>
          <p>{late.what}</p>
        </Notice>
      )}
      <AlikeClients client={client} />
      <Card as="section">
        <Facts client={client} />
      </Card>
      <ClientSecrets client={client} onLate={setLate} />
      <SuspendClient client={client} onLate={setLate} />
      {client.can.remove === 'yes' ? <RemoveClient client={client} onLate={setLate} /> : <NotRemoved />}
    </>
  );
}

/** Who can do it, where it is not done here. */
function NotRemoved() {
  const { remove } = useMessages(CLIENT);
  return (
    <Card as="section">
      <h2 className={styles.heading}>{remove.title}</h2>
      <p>{remove.configured}</p>
    </Card>
  );
}

function Facts({ client }: { readonly client: ClientView }) {
  const { facts, vouchers } = useMessages(CLIENT);
  const words = useMessages(CLIENT_WORDS);
  const { last_used_at: used, people } = client;
  const all: readonly [string, ReactNode][] = [
    [facts.id, <code key="id">{client.client_id}</code>],
    [facts.state, words.states[client.state]],
    [facts.people, words.people(people.count, people.more === true)],
    [facts.used, used === undefined ? words.never : <RelativeDate key="used" at={used} tense="past" />],
    [facts.origin, words.origins[client.origin]],
    [facts.vouched, vouchers[client.vouched_by]],
    [facts.registered, <RelativeDate key="since" at={client.registered_at} tense="past" />],
    [facts.grants, client.grant_types.join('\n')],
  ];
  return (
    <dl className={styles.facts}>
      {all.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
