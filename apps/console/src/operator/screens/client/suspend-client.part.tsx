import { useQueryClient } from '@tanstack/react-query';
import type { ClientView } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { toast } from '../../../shell/toast-queue.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { takeOver } from './client.query.js';
import { useClientStep } from './client-step.hook.js';
import { ConfirmedStep } from './confirmed-step.part.js';

export interface StepProps {
  readonly client: ClientView;
  readonly onLate: (isLate: boolean) => void;
}

/** Stops a client for a while, or lets it go on. */
export function SuspendClient(props: StepProps) {
  if (props.client.state === 'off') return null;
  return props.client.state === 'suspended' ? <Resume {...props} /> : <Suspend {...props} />;
}

function Suspend({ client, onLate }: StepProps) {
  const { suspend: texts } = useMessages(CLIENT);
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const { name } = client;
  const suspend = useClientStep<ClientView>(client, {
    method: 'POST',
    path: '/suspend',
    onDone: (answer) => {
      setAsked(false);
      takeOver(queries, answer);
      toast(texts.done(name));
    },
    onLate: (isLate) => {
      if (isLate) setAsked(false);
      onLate(isLate);
    },
  });
  return <ConfirmedStep client={client} texts={texts} step={suspend} isAsked={isAsked} onAsk={setAsked} />;
}

function Resume({ client, onLate }: StepProps) {
  const { resume: texts } = useMessages(CLIENT);
  const queries = useQueryClient();
  const { name, suspended_at: since } = client;
  const resume = useClientStep<ClientView>(client, {
    method: 'POST',
    path: '/resume',
    onDone: (answer) => {
      takeOver(queries, answer);
      toast(texts.done(name));
    },
    onLate,
  });
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
        <Button busy={resume.isPending} onClick={resume.press}>
          {texts.action(name)}
        </Button>
      </div>
    </Card>
  );
}
