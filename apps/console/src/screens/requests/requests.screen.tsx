import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { RequestView } from '@valetkey/owner-contract';
import { usePages } from '../../api/pages.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Chips } from '../../parts/chips.part.js';
import { Empty } from '../../parts/empty.part.js';
import { Paged } from '../../sharing/paged.part.js';
import { Screen } from '../../shell/screen.part.js';
import { useSeenRequests } from './present-request.hook.js';
import { AnsweredCard, RequestCard } from './request-card.part.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

/** O7: who waits for her word, and what she said before. */
export function RequestsScreen() {
  const texts = useMessages(REQUESTS);
  const navigate = useNavigate();
  const { show } = useSearch({ from: '/requests' });
  const { legend, waiting, answered } = texts.tabs;
  return (
    <Screen title={show === 'answered' ? texts.titleAnswered : texts.title}>
      <Chips
        legend={legend}
        quiet
        chips={[
          { value: 'waiting', label: waiting },
          { value: 'answered', label: answered },
        ]}
        value={show ?? 'waiting'}
        onChoose={(value) => void navigate({ to: '/requests', search: value === 'answered' ? { show: value } : {} })}
      />
      {show === 'answered' ? <Answered /> : <Waiting />}
    </Screen>
  );
}

function Waiting() {
  const { failed } = useMessages(REQUESTS);
  const { pages } = useSearch({ from: '/requests' });
  const requests = usePages<RequestView>('requests', { state: 'pending' });
  return (
    <Paged list={requests} what={failed} wanted={pages}>
      {(items) => <Cards items={items} />}
    </Paged>
  );
}

function Cards({ items }: { readonly items: readonly RequestView[] }) {
  const { empty } = useMessages(REQUESTS);
  const seen = useSeenRequests(items);
  const toAccess = (
    <Link to="/access" className={buttonClass()}>
      {empty.action}
    </Link>
  );
  return (
    <>
      {seen.length === 0 && <Empty what={empty.what} how={empty.how} action={toAccess} />}
      <ul className={styles.list}>
        {seen.map((one) => (
          <RequestCard key={one.request.id} {...one} />
        ))}
      </ul>
      {seen.length > 0 && items.length === 0 && <p className={styles.less}>{empty.noMore}</p>}
    </>
  );
}

function Answered() {
  const { noneAnswered, failed } = useMessages(REQUESTS);
  const { pages } = useSearch({ from: '/requests' });
  const requests = usePages<RequestView>('requests', { state: 'answered' });
  return (
    <Paged list={requests} what={failed} wanted={pages}>
      {(items) =>
        items.length === 0 ? (
          <Empty {...noneAnswered} />
        ) : (
          <ul className={styles.list}>
            {items.map((request) => (
              <AnsweredCard key={request.id} request={request} />
            ))}
          </ul>
        )
      }
    </Paged>
  );
}
