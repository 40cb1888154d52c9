import { getRouteApi, Link } from '@tanstack/react-router';
import type { ClientRow } from '@valetkey/operator-contract';
import { itemsOf, usePages } from '../../../api/pages.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { Button, buttonClass } from '../../../parts/button.part.js';
import { Card, Row } from '../../../parts/card.part.js';
import { Empty, NoMatch } from '../../../parts/empty.part.js';
import { Loaded } from '../../../parts/loaded.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { Screen } from '../../../shell/screen.part.js';
import { CLIENT_WORDS } from '../../client-form/client-words.messages.js';
import { DataTable } from '../../parts/data-table.part.js';
import { ClientFilters } from './client-filters.part.js';
import { CLIENTS } from './clients.messages.js';
import styles from './clients.module.css';

const route = getRouteApi('/clients');

/** P5: the applications of this server. */
export function ClientsScreen() {
  const texts = useMessages(CLIENTS);
  const search = route.useSearch();
  const clients = usePages<ClientRow>('/operator-api/clients', { ...search });
  const rows = itemsOf(clients) ?? [];
  return (
    <Screen
      title={texts.title}
      actions={
        <Link to="/clients/new" className={buttonClass('primary')}>
          {texts.register}
        </Link>
      }
    >
      <ClientFilters />
      <Loaded query={clients} what={texts.failed} rows={6} size="row">
        {() => (rows.length === 0 ? <Nothing /> : <Clients rows={rows} />)}
      </Loaded>
      {rows.length > 0 && (
        <Row>
          {clients.hasNextPage && (
            <Button busy={clients.isFetchingNextPage} onClick={() => void clients.fetchNextPage()}>
              {texts.more}
            </Button>
          )}
          <p role="status" className={styles.quiet}>
            {texts.found(rows.length, clients.hasNextPage)}
          </p>
        </Row>
      )}
    </Screen>
  );
}

function Nothing() {
  const texts = useMessages(CLIENTS);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  if (Object.keys(search).length > 0)
    return <NoMatch what={texts.noMatch} onClear={() => void navigate({ search: {} })} />;
  return (
    <Empty
      {...texts.empty}
      action={
        <Link to="/clients/new" className={buttonClass('primary')}>
          {texts.register}
        </Link>
      }
    />
  );
}

function Clients({ rows }: { readonly rows: readonly ClientRow[] }) {
  const texts = useMessages(CLIENTS);
  const { name, kind, grants, scopes, origin, state, used, people } = texts.columns;
  return (
    <Card as="section">
      <DataTable caption={texts.table} columns={[name, kind, grants, scopes, origin, state, used, people]}>
        {rows.map((row) => (
          <Client key={row.client_id} row={row} />
        ))}
      </DataTable>
    </Card>
  );
}

const SHOWN_SCOPES = 3;

/** The first of them; all stand at the client. */
function Scopes({ scopes }: Pick<ClientRow, 'scopes'>) {
  const { moreScopes, noScopes } = useMessages(CLIENTS);
  const [shown, others] = [scopes.slice(0, SHOWN_SCOPES), scopes.length - SHOWN_SCOPES];
  if (shown.length === 0) return noScopes;
  return (
    <>
      <bdi className={styles.scopes}>{shown.join(', ')}</bdi>
      {others > 0 && <div className={styles.quiet}>{moreScopes(others)}</div>}
    </>
  );
}

/** The last part of a grant type's URN says enough here. */
const shortGrant = (grant: string) => grant.replace(/^.*:/, '');

function Client({ row }: { readonly row: ClientRow }) {
  const texts = useMessages(CLIENTS);
  const words = useMessages(CLIENT_WORDS);
  const { client_id: id, name, publisher, last_used_at: used, people } = row;
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <Link to="/clients/$id" params={{ id }} className={styles.link}>
          <bdi>{name}</bdi>
        </Link>
        {publisher !== undefined && (
          <div className={styles.quiet}>
            <bdi>{texts.by(publisher)}</bdi>
          </div>
        )}
        <div className={`${styles.quiet} ${styles.id}`}>{id}</div>
      </th>
      <td>{words.kinds[row.kind]}</td>
      <td data-technical>{row.grant_types.map(shortGrant).join(', ')}</td>
      <td>
        <Scopes scopes={row.scopes} />
      </td>
      <td>{words.origins[row.origin]}</td>
      <td>{words.states[row.state]}</td>
      <td>{used === undefined ? words.never : <RelativeDate at={used} tense="past" />}</td>
      <td>{words.people(people.count, people.more === true)}</td>
    </tr>
  );
}
