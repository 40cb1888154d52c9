import { useMessages } from '../../../language/language.hook.js';
import { Stack } from '../../../parts/card.part.js';
import { Screen } from '../../../shell/screen.part.js';
import { ServerTable } from './server-table.part.js';
import { WordingTable } from './wording-table.part.js';
import { WORDING } from './wording.messages.js';

/** P7: resource servers, and what owners read instead of the names of scopes. */
export function WordingScreen() {
  const { title } = useMessages(WORDING);
  return (
    <Screen title={title}>
      <Stack gap="roomy">
        <ServerTable />
        <WordingTable />
      </Stack>
    </Screen>
  );
}
