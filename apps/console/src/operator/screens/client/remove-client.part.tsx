import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { RemovedClient } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useMessages } from '../../../language/language.hook.js';
import { toast } from '../../../shell/toast-queue.js';
import { CLIENT_WORDS } from '../../client-form/client-words.messages.js';
import { CLIENT } from './client.messages.js';
import { clientQuery } from './client.query.js';
import { useClientStep } from './client-step.hook.js';
import { ConfirmedStep } from './confirmed-step.part.js';
import type { StepProps } from './suspend-client.part.js';

/** Ends a client and all that it holds, and leads back to the list. */
export function RemoveClient({ client, onLate }: StepProps) {
  const { remove: texts } = useMessages(CLIENT);
  const words = useMessages(CLIENT_WORDS);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const { client_id: id, name } = client;
  const remove = useClientStep<RemovedClient>(client, {
    method: 'DELETE',
    onDone: async (ended) => {
      setAsked(false);
      void queries.invalidateQueries({ queryKey: ['/operator-api/clients'] });
      toast(texts.done(name, words.people(ended.people.count, ended.people.more === true)));
      await navigate({ to: '/clients', replace: true, ignoreBlocker: true });
      queries.removeQueries(clientQuery(id));
    },
    onLate: (isLate) => {
      if (isLate) setAsked(false);
      onLate(isLate);
    },
  });
  return <ConfirmedStep client={client} texts={texts} step={remove} isAsked={isAsked} onAsk={setAsked} />;
}
