import { useQueryClient } from '@tanstack/react-query';
import type { ClientView, RenewedSecret } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { LostSecret, SecretBox } from '../../client-form/secret-box.part.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { clientPath, clientQuery } from './client.query.js';

/** How many secrets are valid, and a new one beside the present one. */
export function ClientSecrets({ client }: { readonly client: ClientView }) {
  const { secrets: texts } = useMessages(CLIENT);
  const queries = useQueryClient();
  const [made, setMade] = useState<RenewedSecret>();
  const { client_id: id, can, secrets } = client;
  const renew = useChange<void, RenewedSecret>(() => ({ method: 'POST', path: `${clientPath(id)}/secret` }), {
    onDone: (answer) => {
      setMade(answer);
      void queries.invalidateQueries(clientQuery(id));
    },
  });
  return (
    <Card as="section">
      <h2 className={styles.heading}>{texts.title}</h2>
      <p>
        {secrets.valid === 0 && texts.none}
        {secrets.valid === 1 && texts.one}
        {secrets.valid > 1 && (
          <>
            {texts.two}{' '}
            {secrets.former_until !== undefined && <RelativeDate at={secrets.former_until} tense="future" />}
          </>
        )}
      </p>
      {renew.error && <ErrorBox error={renew.error} what={texts.failed} ofChange />}
      {made &&
        (made.client_secret === undefined ? <LostSecret /> : <SecretBox clientId={id} secret={made.client_secret} />)}
      {can.renew_secret === 'yes' && (
        <>
          <p className={styles.quiet}>{texts.help}</p>
          <div>
            <Button busy={renew.isPending} onClick={() => renew.press()}>
              {texts.renew}
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}
