import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ClientSettings, RegisteredClient } from '@valetkey/operator-contract';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { useKeptForm } from '../../../api/kept-form.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { Button, buttonClass } from '../../../parts/button.part.js';
import { Card, Row } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { ProblemSummary } from '../../../parts/problems.part.js';
import { Screen } from '../../../shell/screen.part.js';
import { EMPTY_DRAFT, PART_NAMES, toSettings } from '../../client-form/client-draft.js';
import { AlikeClients } from '../../client-form/alike-clients.part.js';
import { ClientFields } from '../../client-form/client-fields.part.js';
import styles from '../../client-form/client-fields.module.css';
import { CLIENT_FORM } from '../../client-form/client-form.messages.js';
import { problemsOf, refusedFields } from '../../client-form/client-problems.js';
import { WithConsentPreview } from '../../client-form/consent-preview.part.js';
import { LostSecret, SecretBox } from '../../client-form/secret-box.part.js';
import { LeaveQuestion } from '../../parts/leave-question.part.js';
import { UnpublishedScopes } from '../../client-form/unpublished-scopes.part.js';
import { REGISTER } from './register-client.messages.js';

/** P5: makes a client, and shows its secret once. */
export function RegisterClientScreen() {
  const texts = useMessages(REGISTER);
  const [made, setMade] = useState<RegisteredClient>();
  if (made) return <Made client={made} />;
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <RegisterForm onDone={setMade} />
    </Screen>
  );
}

function RegisterForm({ onDone }: { readonly onDone: (client: RegisteredClient) => void }) {
  const texts = useMessages(REGISTER);
  const form = useMessages(CLIENT_FORM);
  const queries = useQueryClient();
  const [draft, setDraft] = useKeptForm('register-client', EMPTY_DRAFT);
  const [tries, setTries] = useState(0);
  const register = useChange<ClientSettings, RegisteredClient>(
    (body) => ({ method: 'POST', path: '/operator-api/clients', body }),
    {
      onDone: (client) => {
        void queries.invalidateQueries({ queryKey: ['/operator-api/clients'] });
        onDone(client);
      },
    },
  );
  const refused = refusedFields(register.error, form);
  const isRefused = Object.keys(refused).length > 0;
  const problems = { ...refused, ...(tries > 0 && problemsOf(draft, form)) };
  const submit = () => {
    if (Object.keys(problemsOf(draft, form)).length === 0) return register.press(toSettings(draft));
    setTries(tries + 1);
  };
  return (
    <WithConsentPreview settings={toSettings(draft)} path="/operator-api/clients">
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <LeaveQuestion of="words" when={!register.isSuccess && JSON.stringify(draft) !== JSON.stringify(EMPTY_DRAFT)} />
        <ProblemSummary problems={problems} tries={tries + register.failureCount} />
        {register.error && !isRefused && <ErrorBox error={register.error} what={texts.failed} ofChange />}
        {PART_NAMES.map((part) => (
          <ClientFields key={part} part={part} draft={draft} onChange={setDraft} problems={problems} />
        ))}
        <div>
          <Button type="submit" look="primary" busy={register.isPending}>
            {texts.register}
          </Button>
        </div>
      </form>
    </WithConsentPreview>
  );
}

/** The form is gone, and the focus with it: the heading takes it. */
function Made({ client }: { readonly client: RegisteredClient }) {
  const texts = useMessages(REGISTER);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const { client_id: id, client_secret: secret, name } = client;
  const usesSecret = client.can.renew_secret === 'yes';
  return (
    <Screen title={texts.done(name)}>
      <div ref={place} tabIndex={-1} className={styles.form}>
        <Card as="section">
          <p>
            {texts.id}: <code className={styles.secret}>{id}</code>
          </p>
          {secret !== undefined && <SecretBox clientId={id} secret={secret} />}
          {secret === undefined && usesSecret && <LostSecret />}
        </Card>
        <AlikeClients client={client} />
        <UnpublishedScopes client={client} />
        <Row>
          <Link to="/clients/$id" params={{ id }} className={buttonClass('primary')}>
            {texts.open(name)}
          </Link>
          <Link to="/clients" className={buttonClass()}>
            {texts.all}
          </Link>
        </Row>
      </div>
    </Screen>
  );
}
