import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ClientView, RemovedClient } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card } from '../../../parts/card.part.js';
import { toast } from '../../../shell/toast-queue.js';
import { CLIENT_WORDS } from '../../client-form/client-words.messages.js';
import { Confirm } from '../../parts/confirm.part.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { clientPath, clientQuery } from './client.query.js';

/** Ends a client and all that it holds, and leads back to the list. */
export function RemoveClient({ client }: { readonly client: ClientView }) {
  const { remove: texts } = useMessages(CLIENT);
  const words = useMessages(CLIENT_WORDS);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const { client_id: id, name, people } = client;
  const remove = useChange<void, RemovedClient>(() => ({ method: 'DELETE', path: clientPath(id) }), {
    onDone: async (ended) => {
      setAsked(false);
      void queries.invalidateQueries({ queryKey: ['/operator-api/clients'] });
      toast(texts.done(name, words.people(ended.people.count, ended.people.more === true)));
      await navigate({ to: '/clients', replace: true });
      queries.removeQueries(clientQuery(id));
    },
  });
  return (
    <Card as="section">
      <h2 className={styles.heading}>{texts.title}</h2>
      <p>{texts.help}</p>
      <div>
        <Button look="danger" onClick={() => setAsked(true)}>
          {texts.action(name)}
        </Button>
      </div>
      {isAsked && (
        <Confirm
          title={texts.ask(name)}
          action={texts.action(name)}
          keep={texts.keep}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.press()}
          onClose={() => setAsked(false)}
        >
          <p>{texts.affected(words.people(people.count, people.more === true))}</p>
          <p>{texts.means}</p>
        </Confirm>
      )}
    </Card>
  );
}
