import { useMessages } from '../../language/language.hook.js';
import { Empty } from '../../parts/empty.part.js';
import { Screen } from '../../shell/screen.part.js';
import { SHELL } from '../../shell/shell.messages.js';
import { ACCESS } from './access.messages.js';

export function AccessScreen() {
  const texts = useMessages(ACCESS);
  return (
    <Screen title={texts.title}>
      <Empty what={useMessages(SHELL).toCome} />
    </Screen>
  );
}
