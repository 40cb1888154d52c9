import { useQueryClient } from '@tanstack/react-query';
import type { ResourceView } from '@valetkey/owner-contract';
import { useRef, useState } from 'react';
import { useChange } from '../../api/change.hook.js';
import { useKeptForm } from '../../api/kept-form.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { Button } from '../../parts/button.part.js';
import { Card, Row } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Field } from '../../parts/field.part.js';
import { Labels } from '../../parts/labels.part.js';
import { announce } from '../../shell/live-region.part.js';
import type { LabelProblem } from './label-text.js';
import { labelsOf, problemOf } from './label-text.js';
import { RESOURCE } from './resource.messages.js';
import styles from './resource.module.css';

const EDIT = 'edit-labels';

/** Her own words on it, and a form to change them in their place. */
export function LabelsPart({ resource }: { readonly resource: ResourceView }) {
  const { labels: texts } = useMessages(RESOURCE);
  const [draft, setDraft] = useKeptForm<string | null>('labels', null);
  const close = () => {
    setDraft(null);
    // Once the button is there again.
    requestAnimationFrame(() => document.getElementById(EDIT)?.focus());
  };
  if (draft !== null) return <LabelForm resource={resource} draft={draft} onType={setDraft} onClose={close} />;
  return (
    <div className={styles.labels}>
      {resource.labels.length > 0 ? (
        <Labels legend={texts.legend} labels={resource.labels} />
      ) : (
        <span className={styles.about}>{texts.none}</span>
      )}
      <Button id={EDIT} look="plain" onClick={() => setDraft(resource.labels.join(', '))}>
        {texts.edit}
      </Button>
    </div>
  );
}

interface LabelFormProps {
  readonly resource: ResourceView;
  readonly draft: string;
  readonly onType: (draft: string) => void;
  readonly onClose: () => void;
}

function LabelForm({ resource, draft, onType, onClose }: LabelFormProps) {
  const { labels: texts } = useMessages(RESOURCE);
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const save = useSaving(resource.id, onClose);
  const tell = (found: LabelProblem) => (found === 'too_many' ? texts.tooMany : texts.tooLong(found.tooLong));
  const press = () => {
    const labels = labelsOf(draft);
    const found = problemOf(labels);
    setProblem(found && tell(found));
    if (found) field.current?.focus();
    else save.press(labels);
  };
  return (
    <Card>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          press();
        }}
      >
        <Field
          ref={field}
          // She has just asked for it.
          autoFocus
          label={texts.field}
          help={texts.help}
          dir="auto"
          value={draft}
          onChange={({ target }) => onType(target.value)}
          {...(problem !== undefined && { problem })}
        />
        {save.error && <ErrorBox error={save.error} ofChange what={texts.failed} />}
        <Row>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {texts.save}
          </Button>
        </Row>
      </form>
    </Card>
  );
}

function useSaving(id: string, onDone: () => void) {
  const { labels: texts } = useMessages(RESOURCE);
  const client = useQueryClient();
  return useChange<readonly string[], unknown>(
    (labels) => ({ method: 'PUT', path: `resources/${encodeURIComponent(id)}/labels`, body: { labels } }),
    {
      onDone: async () => {
        announce(texts.saved);
        onDone();
        await client.invalidateQueries({ queryKey: ['summary'] });
        await client.invalidateQueries({ queryKey: ['resources'] });
      },
    },
  );
}
