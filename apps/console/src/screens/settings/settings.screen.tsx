import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OwnerSettings } from '@valetkey/owner-contract';
import { serverAddress } from '../../api/address.js';
import { read } from '../../api/api-client.js';
import { useMessages } from '../../language/language.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Card } from '../../parts/card.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { Screen } from '../../shell/screen.part.js';
import { SessionList } from './session-list.part.js';
import { SettingsForm } from './settings-form.part.js';
import styles from './settings.module.css';
import { SETTINGS } from './settings.messages.js';

/** O14: how it is for her, and where she is signed in. */
export function SettingsScreen() {
  const texts = useMessages(SETTINGS);
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => read<OwnerSettings>('settings', signal),
  });
  return (
    <Screen title={texts.title}>
      <Loaded query={settings} what={texts.failed} rows={4}>
        {(present) => <SettingsForm present={present} />}
      </Loaded>
      <SessionList />
      <AccountPages />
      <Emergency />
    </Screen>
  );
}

function AccountPages() {
  const { account } = useMessages(SETTINGS);
  const pages = [
    ['/account', account.overview],
    ['/account/password', account.password],
    ['/account/codes', account.codes],
    ['/account/passkeys', account.passkeys],
    ['/account/applications', account.applications],
  ] as const;
  return (
    <Card as="section">
      <h2>{account.title}</h2>
      <p className={styles.lead}>{account.lead}</p>
      <ul className={styles.links}>
        {pages.map(([path, text]) => (
          <li key={path}>
            <a className={styles.link} href={serverAddress(path)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Emergency() {
  const { emergency } = useMessages(SETTINGS);
  return (
    <Card as="section">
      <h2>{emergency.title}</h2>
      <p>{emergency.text}</p>
      <div>
        <Link to="/stop" className={buttonClass('danger')}>
          {emergency.link}
        </Link>
      </div>
    </Card>
  );
}
