import { Link, Outlet } from '@tanstack/react-router';
import { serverAddress } from '../api/address.js';
import { useNews } from '../api/news.hook.js';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { buttonClass } from '../parts/button.part.js';
import { Empty } from '../parts/empty.part.js';
import { AccountMenu } from '../shell/account-menu.part.js';
import { Frame } from '../shell/frame.part.js';
import { OwnerNavigation } from '../shell/navigation.part.js';
import { Screen } from '../shell/screen.part.js';
import { SHELL } from '../shell/shell.messages.js';
import { Shortcuts } from '../shell/shortcuts.part.js';
import { Toasts } from '../shell/toasts.part.js';

/** What stands around every screen of the owner. */
export function OwnerRoot() {
  const { help_url: helpUrl, server_name: server } = useSession();
  useNews();
  return (
    <>
      <Frame
        name={server}
        navigation={<OwnerNavigation />}
        menu={<AccountMenu items={({ item }, onChosen) => <OwnerItems item={item} onChosen={onChosen} />} />}
        helpUrl={helpUrl}
      >
        <Outlet />
      </Frame>
      <Toasts />
      <Shortcuts />
    </>
  );
}

interface OwnerItemsProps {
  readonly item: string;
  readonly onChosen: () => void;
}

/** What has no place of its own in the navigation. */
const MENU = [
  { to: '/activity', text: 'activity' },
  { to: '/check-up', text: 'checkUp' },
  { to: '/applications', text: 'applications' },
  { to: '/stop', text: 'stop' },
  { to: '/settings', text: 'settings' },
] as const;

function OwnerItems({ item, onChosen }: OwnerItemsProps) {
  const texts = useMessages(SHELL);
  const { is_operator: isOperator } = useSession();
  return (
    <>
      {MENU.map(({ to, text }) => (
        <li key={to}>
          <Link className={item} to={to} onClick={onChosen}>
            {texts[text]}
          </Link>
        </li>
      ))}
      {isOperator && (
        <li>
          <a className={item} href={serverAddress('/operator/')}>
            {texts.operatorTitle}
          </a>
        </li>
      )}
    </>
  );
}

export function NotFoundScreen() {
  const { notFound } = useMessages(SHELL);
  const home = (
    <Link to="/" className={buttonClass()}>
      {notFound.home}
    </Link>
  );
  return (
    <Screen title={notFound.title}>
      <Empty what={notFound.what} action={home} />
    </Screen>
  );
}
