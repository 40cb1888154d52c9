import { nameText } from '@valetkey/wording';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import type { ClientView } from '@valetkey/operator-contract';
import { serverAddress } from '../../../api/address.js';
import { useMessages } from '../../../language/language.hook.js';
import { buttonClass } from '../../../parts/button.part.js';
import { classNames } from '../../../parts/class-names.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { Loading } from '../../../parts/loading.part.js';
import { Screen } from '../../../shell/screen.part.js';
import type { PartName } from '../../client-form/client-draft.js';
import { PART_NAMES } from '../../client-form/client-draft.js';
import { CLIENT_FORM } from '../../client-form/client-form.messages.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { clientQuery } from './client.query.js';
import { ClientUse } from './client-use.part.js';
import { SettingsPart } from './settings-part.part.js';

/** P6: one client; each task of its settings has its address. */
export function ClientScreen() {
  const texts = useMessages(CLIENT);
  const { id } = useParams({ from: '/clients/$id' });
  const client = useQuery(clientQuery(id));
  const { data } = client;
  return (
    <Screen title={data ? [nameText(data.name)] : texts.title} actions={data && <Preview client={data} />}>
      {client.error !== null && (
        <>
          <ErrorBox error={client.error} what={texts.failed} onRetry={() => void client.refetch()} />
          <p>
            <Link to="/clients" className={styles.link}>
              {texts.all}
            </Link>
          </p>
        </>
      )}
      {data ? (
        <Found client={data} />
      ) : (
        client.error === null && <Loading rows={5} onRetry={() => void client.refetch()} />
      )}
    </Screen>
  );
}

function Preview({ client: { preview } }: { readonly client: ClientView }) {
  const texts = useMessages(CLIENT);
  if (preview === undefined) return null;
  return (
    <a className={buttonClass()} href={serverAddress(preview)} target="_blank" rel="noreferrer">
      {texts.preview}
    </a>
  );
}

function Found({ client }: { readonly client: ClientView }) {
  const part = usePart();
  return (
    <>
      <Tabs id={client.client_id} part={part} />
      {part === undefined ? <ClientUse client={client} /> : <SettingsPart key={part} client={client} part={part} />}
    </>
  );
}

const TARGETS = {
  who: '/clients/$id/who',
  'sign-in': '/clients/$id/sign-in',
  asks: '/clients/$id/asks',
  returns: '/clients/$id/returns',
} as const satisfies Readonly<Record<PartName, string>>;

function Tabs({ id, part }: { readonly id: string; readonly part: PartName | undefined }) {
  const texts = useMessages(CLIENT);
  const { parts } = useMessages(CLIENT_FORM);
  const look = (isPresent: boolean) => ({
    className: classNames(styles.tab, isPresent && styles.present),
    'aria-current': isPresent ? ('page' as const) : undefined,
    params: { id },
    resetScroll: false,
  });
  return (
    <nav aria-label={texts.tabs} className={styles.tabs}>
      <Link to="/clients/$id" {...look(part === undefined)}>
        {texts.use}
      </Link>
      {PART_NAMES.map((name) => (
        <Link key={name} to={TARGETS[name]} {...look(part === name)}>
          {parts[name]}
        </Link>
      ))}
    </nav>
  );
}

function usePart(): PartName | undefined {
  return useLocation({
    select: ({ pathname }) => PART_NAMES.find((name) => pathname.replace(/\/$/, '').endsWith(`/${name}`)),
  });
}
