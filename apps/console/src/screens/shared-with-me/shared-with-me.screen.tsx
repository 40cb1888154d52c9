import { useMessages } from '../../language/language.hook.js';
import { Empty } from '../../parts/empty.part.js';
import { Screen } from '../../shell/screen.part.js';
import { SHELL } from '../../shell/shell.messages.js';
import { SHARED_WITH_ME } from './shared-with-me.messages.js';

export function SharedWithMeScreen() {
  const texts = useMessages(SHARED_WITH_ME);
  return (
    <Screen title={texts.title}>
      <Empty what={useMessages(SHELL).toCome} />
    </Screen>
  );
}
