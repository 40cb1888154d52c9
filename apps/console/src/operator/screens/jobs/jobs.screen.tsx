import { useQuery } from '@tanstack/react-query';
import type { JobRow, ListAnswer } from '@valetkey/operator-contract';
import { read } from '../../../api/api-client.js';
import { useMessages } from '../../../language/language.hook.js';
import { Card } from '../../../parts/card.part.js';
import { Loaded } from '../../../parts/loaded.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { Screen } from '../../../shell/screen.part.js';
import { DataTable } from '../../parts/data-table.part.js';
import { JOBS } from './jobs.messages.js';

/** P9: recurring work of the server. */
export function JobsScreen() {
  const texts = useMessages(JOBS);
  const jobs = useQuery({
    queryKey: ['operator', 'jobs'],
    queryFn: ({ signal }) => read<ListAnswer<JobRow>>('/operator-api/jobs', signal),
  });
  return (
    <Screen title={texts.title}>
      <Loaded query={jobs} rows={4}>
        {({ items }) => <Jobs items={items} />}
      </Loaded>
    </Screen>
  );
}

function Jobs({ items }: { readonly items: readonly JobRow[] }) {
  const texts = useMessages(JOBS);
  return (
    <Card as="section">
      <DataTable caption={texts.jobs} columns={[texts.name, texts.every, texts.last]}>
        {items.map(({ id, every_seconds: every, last }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>{texts.seconds(every)}</td>
            <td>
              {last ? (
                <>
                  {texts[last.outcome]} <RelativeDate at={last.at} tense="past" />
                </>
              ) : (
                texts.never
              )}
            </td>
          </tr>
        ))}
      </DataTable>
    </Card>
  );
}
