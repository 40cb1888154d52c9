import type { ClientView } from '@valetkey/operator-contract';
import { useMessages } from '../../../language/language.hook.js';
import { Card, Notice } from '../../../parts/card.part.js';
import type { PartName } from '../../client-form/client-draft.js';
import { PARTS } from '../../client-form/client-draft.js';
import { CLIENT_FORM } from '../../client-form/client-form.messages.js';
import { AlikeClients } from '../../client-form/alike-clients.part.js';
import { UnpublishedScopes } from '../../client-form/unpublished-scopes.part.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { EditForm } from './edit-form.part.js';
import { useShownSetting } from './shown-setting.hook.js';

/** The settings of one task: to be changed by who made them, to be read by everybody. */
export function SettingsPart({ client, part }: { readonly client: ClientView; readonly part: PartName }) {
  return (
    <>
      {part === 'who' && <AlikeClients client={client} />}
      {part === 'asks' && <UnpublishedScopes client={client} />}
      {client.can.edit === 'yes' ? <EditForm client={client} part={part} /> : <ReadOnly client={client} part={part} />}
    </>
  );
}

function ReadOnly({ client, part }: { readonly client: ClientView; readonly part: PartName }) {
  const texts = useMessages(CLIENT);
  const form = useMessages(CLIENT_FORM);
  const shown = useShownSetting();
  return (
    <>
      <Notice tone="note">
        <p>{client.can.edit === 'configured' ? texts.configured : texts.registeredItself}</p>
      </Notice>
      <Card as="section">
        <h2 className={styles.heading}>{form.parts[part]}</h2>
        <dl className={styles.facts}>
          {PARTS[part].map((member) => (
            <div key={member}>
              <dt>{form.fields[member].label}</dt>
              <dd>
                <bdi>{shown(client.settings, member)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </>
  );
}
