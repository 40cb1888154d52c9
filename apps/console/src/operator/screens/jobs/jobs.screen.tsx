import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Row, Stack } from '../../../parts/card.part.js';
import { Screen } from '../../../shell/screen.part.js';
import { JobList } from './job-list.part.js';
import { JOBS } from './jobs.messages.js';
import type { Refreshing } from './refreshing.hook.js';
import { useRefreshing } from './refreshing.hook.js';
import { TokenCounts } from './token-counts.part.js';

/** P9: what lives, what the token endpoint answers, and recurring work of the server. */
export function JobsScreen() {
  const texts = useMessages(JOBS);
  const refreshing = useRefreshing();
  return (
    <Screen title={texts.title} actions={<RefreshSwitch refreshing={refreshing} />}>
      <Stack gap="roomy">
        <JobList interval={refreshing.interval} />
        <TokenCounts interval={refreshing.interval} />
      </Stack>
    </Screen>
  );
}

function RefreshSwitch({ refreshing: { isOn, toggle } }: { readonly refreshing: Refreshing }) {
  const { refresh } = useMessages(JOBS);
  return (
    <Row>
      <span>{isOn ? refresh.running : refresh.stopped}</span>
      <Button onClick={toggle}>{isOn ? refresh.stop : refresh.start}</Button>
    </Row>
  );
}
