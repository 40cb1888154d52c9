import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ListAnswer, ResourceRow } from '@valetkey/owner-contract';
import { read } from '../../api/api-client.js';
import { useMessages } from '../../language/language.hook.js';
import { Card } from '../../parts/card.part.js';
import { Empty } from '../../parts/empty.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { RelativeDate } from '../../parts/relative-date.part.js';
import { Screen } from '../../shell/screen.part.js';
import { HOME } from './home.messages.js';
import styles from './home.module.css';

/** O1: everything that is hers. */
export function HomeScreen() {
  const texts = useMessages(HOME);
  const resources = useQuery({
    queryKey: ['resources'],
    queryFn: ({ signal }) => read<ListAnswer<ResourceRow>>('resources', signal),
  });
  return (
    <Screen title={texts.title}>
      <Loaded query={resources} what={texts.failed}>
        {({ items }) =>
          items.length === 0 ? <Empty {...texts.empty} /> : <ResourceList items={items} since={texts.since} />
        }
      </Loaded>
    </Screen>
  );
}

function ResourceList({ items, since }: { readonly items: readonly ResourceRow[]; readonly since: string }) {
  return (
    <ul className={styles.list}>
      {items.map(({ id, name, created_at: at }) => (
        <Card as="li" key={id}>
          <h2 className={styles.name}>
            <Link to="/resources/$id" params={{ id }} className={styles.link}>
              <bdi>{name}</bdi>
            </Link>
          </h2>
          <p className={styles.about}>
            {since} <RelativeDate at={at} tense="past" />
          </p>
        </Card>
      ))}
    </ul>
  );
}
