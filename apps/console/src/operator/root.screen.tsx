import { Link, Outlet } from '@tanstack/react-router';
import { serverAddress } from '../api/address.js';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { buttonClass } from '../parts/button.part.js';
import { Empty } from '../parts/empty.part.js';
import { AccountMenu } from '../shell/account-menu.part.js';
import { Frame } from '../shell/frame.part.js';
import { Screen } from '../shell/screen.part.js';
import { SHELL } from '../shell/shell.messages.js';
import { Shortcuts } from '../shell/shortcuts.part.js';
import { Toasts } from '../shell/toasts.part.js';
import { OperatorNavigation } from './operator-navigation.part.js';
import { OPERATOR } from './operator.messages.js';

/** What stands around every screen of the operator. */
export function OperatorRoot() {
  const texts = useMessages(SHELL);
  const { help_url: helpUrl } = useSession();
  const menu = (
    <AccountMenu
      items={({ item }) => (
        <li>
          <a className={item} href={serverAddress('/console/')}>
            {texts.title}
          </a>
        </li>
      )}
    />
  );
  return (
    <>
      <Frame name={texts.operatorTitle} navigation={<OperatorNavigation />} menu={menu} helpUrl={helpUrl} wide>
        <Outlet />
      </Frame>
      <Toasts />
      <Shortcuts />
    </>
  );
}

export function NotFoundScreen() {
  const { notFound } = useMessages(SHELL);
  const texts = useMessages(OPERATOR);
  const home = (
    <Link to="/" className={buttonClass()}>
      {texts.home}
    </Link>
  );
  return (
    <Screen title={notFound.title}>
      <Empty what={notFound.what} action={home} />
    </Screen>
  );
}
