import { useQuery } from '@tanstack/react-query';
import type { ResourceServerRow } from '@valetkey/operator-contract';
import { useMessages } from '../../../language/language.hook.js';
import { Card } from '../../../parts/card.part.js';
import { Empty } from '../../../parts/empty.part.js';
import { Loaded } from '../../../parts/loaded.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { DataTable } from '../../parts/data-table.part.js';
import { serversQuery } from './servers.query.js';
import styles from './wording.module.css';
import { WORDING } from './wording.messages.js';

/** Resource servers and how they do. */
export function ServerTable() {
  const { servers: texts } = useMessages(WORDING);
  const servers = useQuery(serversQuery());
  return (
    <Loaded query={servers} rows={3} what={texts.failed}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty {...texts.none} />
        ) : (
          <Card as="section">
            <DataTable caption={texts.caption} columns={texts.columns}>
              {items.map((server) => (
                <Server key={server.client_id} server={server} />
              ))}
            </DataTable>
          </Card>
        )
      }
    </Loaded>
  );
}

function Server({ server }: { readonly server: ResourceServerRow }) {
  const { servers: texts } = useMessages(WORDING);
  const { owners, last_used_at: used } = server.protection;
  return (
    <tr>
      <th scope="row">
        <bdi>{server.name}</bdi>
        <span className={styles.quiet}>{server.resource}</span>
      </th>
      <td>
        {server.enabled ? texts.states[server.state] : texts.off}
        {server.answered_at !== undefined && (
          <span className={styles.quiet}>
            {texts.last} <RelativeDate at={server.answered_at} tense="past" />
          </span>
        )}
      </td>
      <td>{texts.many(server.resources)}</td>
      <td>{owners === 0 ? texts.nobody : texts.many(owners)}</td>
      <td>{used === undefined ? texts.neverUsed : <RelativeDate at={used} tense="past" />}</td>
    </tr>
  );
}
