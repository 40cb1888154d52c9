import { getRouteApi } from '@tanstack/react-router';
import type { ActivityRow } from '@valetkey/owner-contract';
import { serverAddress } from '../../api/address.js';
import { itemsOf, usePages } from '../../api/pages.hook.js';
import { queryString } from '../../api/query-string.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button, buttonClass } from '../../parts/button.part.js';
import { Row } from '../../parts/card.part.js';
import { Empty, NoMatch } from '../../parts/empty.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { Screen } from '../../shell/screen.part.js';
import { activityQuery, widened } from './activity-query.js';
import { ActivityDays } from './activity-days.part.js';
import { ActivityFilters } from './activity-filters.part.js';
import { ACTIVITY } from './activity.messages.js';
import { zoneText } from './zone-text.js';

const route = getRouteApi('/activity');

/** O11: everything that happened to what is hers. */
export function ActivityScreen() {
  const texts = useMessages(ACTIVITY);
  const { language, zone = 'UTC', now } = useWording();
  const search = route.useSearch();
  const query = activityQuery(search, zone);
  const pages = usePages<ActivityRow>('activity', query);
  const rows = itemsOf(pages) ?? [];
  const download = (
    <a
      className={buttonClass()}
      href={serverAddress(`/me/activity/table${queryString({ ...query, lang: language })}`)}
      download="activity.csv"
    >
      {texts.download}
    </a>
  );
  return (
    <Screen title={texts.title} lead={texts.lead(zoneText(zone, { language, now }))}>
      <ActivityFilters rows={rows} />
      <Loaded query={pages} what={texts.failed} rows={6} size="row">
        {() =>
          rows.length === 0 ? (
            pages.hasNextPage ? (
              <p role="status">{texts.olderUnseen}</p>
            ) : (
              <Nothing />
            )
          ) : (
            <ActivityDays rows={rows} />
          )
        }
      </Loaded>
      {(rows.length > 0 || pages.hasNextPage) && (
        <Row>
          {pages.hasNextPage && (
            <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {texts.more}
            </Button>
          )}
          {download}
        </Row>
      )}
    </Screen>
  );
}

function Nothing() {
  const texts = useMessages(ACTIVITY);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const wider = widened(search);
  if (wider)
    return (
      <Empty
        what={texts.noMatch}
        action={<Button onClick={() => void navigate({ search: wider })}>{texts.widen}</Button>}
      />
    );
  if (Object.keys(search).length > 0)
    return <NoMatch what={texts.noMatch} onClear={() => void navigate({ search: {} })} />;
  return <Empty {...texts.empty} />;
}
