import { useMessages } from '../../language/language.hook.js';
import { Empty } from '../../parts/empty.part.js';
import { Screen } from '../../shell/screen.part.js';
import { SHELL } from '../../shell/shell.messages.js';
import { SETTINGS } from './settings.messages.js';

export function SettingsScreen() {
  const texts = useMessages(SETTINGS);
  return (
    <Screen title={texts.title}>
      <Empty what={useMessages(SHELL).toCome} />
    </Screen>
  );
}
