import { useSearch } from '@tanstack/react-router';
import type { ActivityRow, ResourceView } from '@valetkey/owner-contract';
import { usePages } from '../../api/pages.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { Empty } from '../../parts/empty.part.js';
import { Paged } from '../../sharing/paged.part.js';
import { ActivityDays } from '../activity/activity-days.part.js';
import { RESOURCE } from './resource.messages.js';

/** What happened to this, newest first. */
export function ActivityTab({ resource: { id } }: { readonly resource: ResourceView }) {
  const texts = useMessages(RESOURCE);
  const { pages: wanted } = useSearch({ from: '/resources/$id' });
  const pages = usePages<ActivityRow>('activity', { resource_id: id });
  return (
    <Paged list={pages} what={texts.activityFailed} wanted={wanted}>
      {(rows) => (rows.length === 0 ? <Empty {...texts.nothingYet} /> : <ActivityDays rows={rows} />)}
    </Paged>
  );
}
