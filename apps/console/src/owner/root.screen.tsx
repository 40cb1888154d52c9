import { Link, Outlet } from '@tanstack/react-router';
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
import { Toasts } from '../shell/toasts.part.js';

/** What stands around every screen of the owner. */
export function OwnerRoot() {
  const texts = useMessages(SHELL);
  const { help_url: helpUrl } = useSession();
  useNews();
  return (
    <>
      <Frame name={texts.title} navigation={<OwnerNavigation />} menu={<AccountMenu />} helpUrl={helpUrl}>
        <Outlet />
      </Frame>
      <Toasts />
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
