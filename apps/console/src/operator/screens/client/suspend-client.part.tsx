import { useQueryClient } from '@tanstack/react-query';
import type { ClientView } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { toast } from '../../../shell/toast-queue.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { clientPath, takeOver } from './client.query.js';
import { ConfirmedStep } from './confirmed-step.part.js';

/** Stops a client for a while, or lets it go on. */
export function SuspendClient({ client }: { readonly client: ClientView }) {
  if (client.state === 'off') return null;
  return client.state === 'suspended' ? <Resume client={client} /> : <Suspend client={client} />;
}

function Suspend({ client }: { readonly client: ClientView }) {
  const { suspend: texts } = useMessages(CLIENT);
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const { name } = client;
  const suspend = useChange<void, ClientView>(
    () => ({ method: 'POST', path: `${clientPath(client.client_id)}/suspend` }),
    {
      onDone: (answer) => {
        setAsked(false);
        takeOver(queries, answer);
        toast(texts.done(name));
      },
    },
  );
  return <ConfirmedStep client={client} texts={texts} step={suspend} isAsked={isAsked} onAsk={setAsked} />;
}

function Resume({ client }: { readonly client: ClientView }) {
  const { resume: texts } = useMessages(CLIENT);
  const queries = useQueryClient();
  const { name, suspended_at: since } = client;
  const resume = useChange<void, ClientView>(
    () => ({ method: 'POST', path: `${clientPath(client.client_id)}/resume` }),
    {
      onDone: (answer) => {
        takeOver(queries, answer);
        toast(texts.done(name));
      },
    },
  );
  return (
    <Card as="section">
      <h2 className={styles.heading}>{texts.since}</h2>
      {since !== undefined && (
        <p>
          <RelativeDate at={since} tense="past" />
        </p>
      )}
      <p>{texts.help}</p>
      {resume.error && <ErrorBox error={resume.error} what={texts.failed} ofChange />}
      <div>
        <Button busy={resume.isPending} onClick={() => resume.press()}>
          {texts.action(name)}
        </Button>
      </div>
    </Card>
  );
}
