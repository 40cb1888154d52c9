import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ClientView, RemovedClient } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { toast } from '../../../shell/toast-queue.js';
import { CLIENT_WORDS } from '../../client-form/client-words.messages.js';
import { CLIENT } from './client.messages.js';
import { clientPath, clientQuery } from './client.query.js';
import { ConfirmedStep } from './confirmed-step.part.js';

/** Ends a client and all that it holds, and leads back to the list. */
export function RemoveClient({ client }: { readonly client: ClientView }) {
  const { remove: texts } = useMessages(CLIENT);
  const words = useMessages(CLIENT_WORDS);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const { client_id: id, name } = client;
  const remove = useChange<void, RemovedClient>(() => ({ method: 'DELETE', path: clientPath(id) }), {
    onDone: async (ended) => {
      setAsked(false);
      void queries.invalidateQueries({ queryKey: ['/operator-api/clients'] });
      toast(texts.done(name, words.people(ended.people.count, ended.people.more === true)));
      await navigate({ to: '/clients', replace: true });
      queries.removeQueries(clientQuery(id));
    },
  });
  return <ConfirmedStep client={client} texts={texts} step={remove} isAsked={isAsked} onAsk={setAsked} />;
}
