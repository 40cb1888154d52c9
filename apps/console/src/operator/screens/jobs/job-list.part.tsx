import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobRow, ListAnswer } from '@valetkey/operator-contract';
import { read } from '../../../api/api-client.js';
import { useChange } from '../../../api/change.hook.js';
import { useMessages, useReader } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card } from '../../../parts/card.part.js';
import { Loaded } from '../../../parts/loaded.part.js';
import { PARTS } from '../../../parts/parts.messages.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { announce } from '../../../shell/live-region.part.js';
import { toast } from '../../../shell/toast-queue.js';
import { DataTable } from '../../parts/data-table.part.js';
import { intervalText, lengthText } from './interval-text.js';
import styles from './jobs.module.css';
import { JOBS } from './jobs.messages.js';

const JOBS_KEY = ['operator', 'jobs'];

/** The jobs of the process that answers. */
export function JobList({ interval }: { readonly interval: number | false }) {
  const { jobs: caption, columns } = useMessages(JOBS);
  const jobs = useQuery({
    queryKey: JOBS_KEY,
    queryFn: ({ signal }) => read<ListAnswer<JobRow>>('/operator-api/jobs', signal),
    refetchInterval: interval,
  });
  return (
    <Loaded query={jobs} rows={8}>
      {({ items }) => (
        <Card as="section">
          <DataTable
            caption={caption}
            columns={[columns.name, columns.last, columns.next, columns.queue, columns.action]}
          >
            {items.map((job) => (
              <Job key={job.id} job={job} />
            ))}
          </DataTable>
        </Card>
      )}
    </Loaded>
  );
}

function Job({ job }: { readonly job: JobRow }) {
  const texts = useMessages(JOBS);
  const { language } = useReader();
  const name = texts.names[job.id] ?? job.id;
  return (
    <tr>
      <th scope="row">
        {name}
        <span className={styles.quiet}>{texts.every(intervalText(job.every_seconds, language))}</span>
        <Trouble job={job} />
      </th>
      <td>
        <LastRun job={job} />
      </td>
      <td>{job.next_at === undefined ? texts.running : <RelativeDate at={job.next_at} tense="future" />}</td>
      <td>{job.waiting === undefined ? texts.noQueue : texts.waiting(job.waiting)}</td>
      <td>
        <RunButton job={job} name={name} />
      </td>
    </tr>
  );
}

/** Since when a job is late or fails, in words. */
function Trouble({ job: { late_since: late, failing } }: { readonly job: JobRow }) {
  const texts = useMessages(JOBS);
  const { copied } = useMessages(PARTS);
  return (
    <>
      {late !== undefined && (
        <span className={styles.trouble}>
          {texts.late} <RelativeDate at={late} tense="past" />
        </span>
      )}
      {failing && (
        <span className={styles.trouble}>
          {texts.failing(failing.times)}, {texts.since} <RelativeDate at={failing.since} tense="past" />.{' '}
          {texts.errors[failing.error]} {texts.reference} <code>{failing.reference}</code>{' '}
          <Button
            look="plain"
            aria-label={texts.copyOf(failing.reference)}
            onClick={() => void navigator.clipboard.writeText(failing.reference).then(() => announce(copied))}
          >
            {texts.copy}
          </Button>
        </span>
      )}
    </>
  );
}

function LastRun({ job: { last } }: { readonly job: JobRow }) {
  const texts = useMessages(JOBS);
  const { language } = useReader();
  if (!last) return texts.never;
  return (
    <>
      {texts.lasted(texts[last.outcome], lengthText(last.lasted_ms, language))}{' '}
      <RelativeDate at={last.at} tense="past" />
    </>
  );
}

function RunButton({ job, name }: { readonly job: JobRow; readonly name: string }) {
  const texts = useMessages(JOBS);
  const { language } = useReader();
  const queries = useQueryClient();
  const run = useChange<string, JobRow>((id) => ({ method: 'POST', path: `/operator-api/jobs/${id}/run` }), {
    onDone: ({ running_since: runs, last }) => {
      const hasFailed = last?.outcome === 'failed';
      const ended = hasFailed ? texts.ranBadly(name) : texts.ran(name, lengthText(last?.lasted_ms ?? 0, language));
      const result = runs === undefined ? ended : texts.stillRuns(name);
      announce(result);
      toast(result);
      return queries.invalidateQueries({ queryKey: JOBS_KEY });
    },
  });
  const isRetry = job.failing !== undefined;
  return (
    <>
      <Button
        busy={run.isPending}
        aria-label={isRetry ? texts.retryNamed(name) : texts.runNamed(name)}
        onClick={() => run.press(job.id)}
      >
        {isRetry ? texts.retry : texts.run}
      </Button>
      {run.isError && (
        <span role="alert" className={styles.trouble}>
          {texts.notRun(name)}
        </span>
      )}
    </>
  );
}
