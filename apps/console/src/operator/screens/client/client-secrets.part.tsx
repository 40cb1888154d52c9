import { useQueryClient } from '@tanstack/react-query';
import type { ClientView, RenewedSecret } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card, Notice } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { RelativeDate } from '../../../parts/relative-date.part.js';
import { LostSecret, SecretBox } from '../../client-form/secret-box.part.js';
import { Confirm } from '../../parts/confirm.part.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { clientQuery } from './client.query.js';
import { useClientStep } from './client-step.hook.js';
import type { StepProps } from './suspend-client.part.js';

/** How many secrets are valid, and a new one beside the present one; asks where one that may be in use ends with it. */
export function ClientSecrets({ client, onLate }: StepProps) {
  const { secrets: texts } = useMessages(CLIENT);
  const queries = useQueryClient();
  const [made, setMade] = useState<RenewedSecret>();
  const [isAsked, setAsked] = useState(false);
  const { client_id: id, can, secrets } = client;
  const renew = useClientStep<RenewedSecret>(client, {
    method: 'POST',
    path: '/secret',
    onDone: (answer) => {
      setAsked(false);
      setMade(answer);
      // Until it is read, a further one would be of a version that is over.
      return queries.invalidateQueries(clientQuery(id));
    },
    onLate: (isLate) => {
      if (isLate) setAsked(false);
      onLate(isLate);
    },
  });
  return (
    <Card as="section">
      <h2 className={styles.heading}>{texts.title}</h2>
      <Valid secrets={secrets} />
      {renew.error && !isAsked && <ErrorBox error={renew.error} what={texts.failed} ofChange />}
      {made && <Made id={id} made={made} />}
      {can.renew_secret === 'configured' && secrets.valid > 0 && <Configured id={id} />}
      {can.renew_secret === 'yes' && (
        <Renew
          busy={renew.isPending && !isAsked}
          onPress={() => (secrets.valid > 1 ? setAsked(true) : renew.press())}
        />
      )}
      {isAsked && (
        <Confirm
          title={texts.ask}
          action={texts.end}
          keep={texts.keep}
          busy={renew.isPending}
          error={renew.error}
          onConfirm={renew.press}
          onClose={() => setAsked(false)}
        >
          <Ends secrets={secrets} />
        </Confirm>
      )}
    </Card>
  );
}

function Made({ id, made: { client_secret: secret } }: { readonly id: string; readonly made: RenewedSecret }) {
  return secret === undefined ? <LostSecret /> : <SecretBox key={secret} clientId={id} secret={secret} />;
}

function Renew({ busy, onPress }: { readonly busy: boolean; readonly onPress: () => void }) {
  const { secrets: texts } = useMessages(CLIENT);
  return (
    <>
      <p className={styles.quiet}>{texts.help}</p>
      <div>
        <Button busy={busy} onClick={onPress}>
          {texts.renew}
        </Button>
      </div>
    </>
  );
}

/** Why there is no button, and who can do it. */
function Configured({ id }: { readonly id: string }) {
  const { secrets: texts } = useMessages(CLIENT);
  return (
    <Notice tone="note">
      <p>{texts.configured}</p>
      <p>
        <code>npm run valetkey -- client-secret {id}</code>
      </p>
    </Notice>
  );
}

type Secrets = ClientView['secrets'];

function Valid({ secrets }: { readonly secrets: Secrets }) {
  const { secrets: texts } = useMessages(CLIENT);
  return (
    <p>
      {secrets.valid === 0 && texts.none}
      {secrets.valid === 1 && texts.one}
      {secrets.valid > 1 && (
        <>
          {texts.two} {secrets.former_until !== undefined && <RelativeDate at={secrets.former_until} tense="future" />}
        </>
      )}
    </p>
  );
}

/** Which of the two ends, and which stays: told apart by when they were made, since nobody can read them. */
function Ends({ secrets: { former_since: former, newest_since: newest } }: { readonly secrets: Secrets }) {
  const { secrets: texts } = useMessages(CLIENT);
  return (
    <>
      {former !== undefined && (
        <p>
          {texts.formerEnds} <RelativeDate at={former} tense="past" />
        </p>
      )}
      {newest !== undefined && (
        <p>
          {texts.newestStays} <RelativeDate at={newest} tense="past" />
        </p>
      )}
      <p>{texts.endMeans}</p>
    </>
  );
}
