import { useMessages } from '../../language/language.hook.js';
import { Empty } from '../../parts/empty.part.js';
import { Screen } from '../../shell/screen.part.js';
import { SHELL } from '../../shell/shell.messages.js';
import { REQUESTS } from './requests.messages.js';

export function RequestsScreen() {
  const texts = useMessages(REQUESTS);
  return (
    <Screen title={texts.title}>
      <Empty what={useMessages(SHELL).toCome} />
    </Screen>
  );
}
