import { useMessages } from '../../language/language.hook.js';
import { Empty } from '../../parts/empty.part.js';
import { Screen } from '../../shell/screen.part.js';
import { SHELL } from '../../shell/shell.messages.js';
import { ACTIVITY } from './activity.messages.js';

export function ActivityScreen() {
  const texts = useMessages(ACTIVITY);
  return (
    <Screen title={texts.title}>
      <Empty what={useMessages(SHELL).toCome} />
    </Screen>
  );
}
