import { useQueryClient } from '@tanstack/react-query';
import type { ClientSettings, ClientView, RegisteredClient } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { Refusal } from '../../../api/errors.js';
import { useKeptForm } from '../../../api/kept-form.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import type { Problems } from '../../../parts/problems.part.js';
import { ProblemSummary } from '../../../parts/problems.part.js';
import { toast } from '../../../shell/toast-queue.js';
import type { ClientDraft, PartName } from '../../client-form/client-draft.js';
import { PARTS, toDraft, withPart } from '../../client-form/client-draft.js';
import { ClientFields } from '../../client-form/client-fields.part.js';
import styles from '../../client-form/client-fields.module.css';
import { CLIENT_FORM } from '../../client-form/client-form.messages.js';
import { problemsOf, refusedFields } from '../../client-form/client-problems.js';
import { WithConsentPreview } from '../../client-form/consent-preview.part.js';
import { SecretBox } from '../../client-form/secret-box.part.js';
import { LeaveQuestion } from '../../parts/leave-question.part.js';
import { CLIENT } from './client.messages.js';
import { clientPath, takeOver } from './client.query.js';
import { LostRace } from './lost-race.part.js';

interface EditFormProps {
  readonly client: ClientView;
  readonly part: PartName;
}

/** Tasks of which people read something as they are asked. */
const ASKED_ABOUT: readonly PartName[] = ['who', 'asks', 'returns'];

/** What is sent: all settings, of which those of this part are hers. */
interface Save {
  readonly settings: ClientSettings;
  readonly version: string;
}

function useSave(id: string, onSaved: (client: RegisteredClient) => void) {
  const texts = useMessages(CLIENT);
  const queries = useQueryClient();
  return useChange<Save, RegisteredClient>(
    ({ settings, version }) => ({ method: 'PUT', path: clientPath(id), body: settings, version }),
    {
      onDone: (saved) => {
        takeOver(queries, saved);
        onSaved(saved);
        toast(texts.saved);
      },
    },
  );
}

/** What is written, over what was read when she began to, and what came of saving it. */
function useEdit({ client, part }: EditFormProps) {
  const form = useMessages(CLIENT_FORM);
  const { settings: read, version: present } = client;
  const begun = { draft: toDraft(read), base: read, version: present };
  const [content, setContent] = useKeptForm(`client-${part}`, begun);
  const [tries, setTries] = useState(0);
  const [secret, setSecret] = useState<string>();
  const start = ({ settings, version }: ClientView) =>
    setContent({ draft: toDraft(settings), base: settings, version });
  const save = useSave(client.client_id, (saved) => {
    start(saved);
    setSecret(saved.client_secret);
    setTries(0);
  });
  const { draft, base, version } = content;
  const over = (settings: ClientSettings) => withPart(settings, draft, part);
  const found = () => problemsOf(draft, form, PARTS[part]);
  const submit = () => {
    if (Object.keys(found()).length > 0) return setTries(tries + 1);
    save.press({ settings: over(base), version });
  };
  const write = (changed: ClientDraft) => setContent({ draft: changed, base, version });
  const problems: Problems = { ...refusedFields(save.error, form), ...(tries > 0 && found()) };
  const isUnsaved = JSON.stringify(draft) !== JSON.stringify(toDraft(base));
  return {
    draft,
    write,
    save,
    submit,
    start,
    over,
    settings: over(base),
    secret,
    problems,
    isUnsaved,
    tries: tries + save.failureCount,
  };
}

/** Changes the settings of one task, beside what people are asked where that depends on it. */
export function EditForm({ client, part }: EditFormProps) {
  const edit = useEdit({ client, part });
  const form = <EditFields client={client} part={part} edit={edit} />;
  if (!ASKED_ABOUT.includes(part)) return form;
  return (
    <WithConsentPreview settings={edit.settings} path={clientPath(client.client_id)}>
      {form}
    </WithConsentPreview>
  );
}

/** What somebody else saved meanwhile is shown, and nothing of it is overwritten unasked. */
function EditFields({ client, part, edit }: EditFormProps & { readonly edit: ReturnType<typeof useEdit> }) {
  const texts = useMessages(CLIENT);
  const queries = useQueryClient();
  const { draft, write, save, submit, start, over, secret, problems, isUnsaved, tries } = edit;
  const race = raceOf(save.error);
  const isOther = save.error !== null && !race && Object.keys(problems).length === 0;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <LeaveQuestion of="words" when={isUnsaved} />
      <ProblemSummary problems={problems} tries={tries} />
      {isOther && <ErrorBox error={save.error} what={texts.saveFailed} ofChange />}
      {race && (
        <LostRace
          mine={over(race.settings)}
          theirs={race.settings}
          part={part}
          onKeep={() => save.press({ settings: over(race.settings), version: race.version })}
          onTake={() => {
            // What every other task of it shows, too.
            takeOver(queries, race);
            start(race);
            save.reset();
          }}
        />
      )}
      {secret !== undefined && <SecretBox clientId={client.client_id} secret={secret} />}
      <Card>
        <ClientFields part={part} draft={draft} problems={problems} onChange={write} />
      </Card>
      <div>
        <Button type="submit" look="primary" busy={save.isPending}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}

/** How it is now, where somebody else was first. */
function raceOf(error: Error | null): ClientView | undefined {
  return error instanceof Refusal && error.isLostRace ? (error.answer.current as ClientView) : undefined;
}
