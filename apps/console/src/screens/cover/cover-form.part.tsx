import type { HandoverDraft } from '@valetkey/owner-contract';
import { dateOf, dayText, startOfDay } from '@valetkey/wording';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useSession } from '../../api/session.hook.js';
import { PersonPicker } from '../../directory/person-picker.part.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Chips } from '../../parts/chips.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Field } from '../../parts/field.part.js';
import { ProblemSummary } from '../../parts/problems.part.js';
import { TextArea } from '../../parts/text-area.part.js';
import type { OwnedResource } from '../../resource-choice/kinds.js';
import { kindKey } from '../../resource-choice/kinds.js';
import type { OwnedResources } from '../../resource-choice/owned-resources.hook.js';
import type { Chosen } from '../../resource-choice/resource-choice.part.js';
import { ResourceChoice } from '../../resource-choice/resource-choice.part.js';
import type { CoverForm as Form, CoverPart } from './cover-draft.js';
import { latestDay, problemsOf } from './cover-draft.js';
import { COVER } from './cover.messages.js';
import styles from './cover.module.css';

interface CoverFormProps {
  readonly form: Form;
  readonly chosen: Chosen;
  readonly owned: OwnedResources;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly onChange: (form: Form) => void;
  readonly error: Error | null;
  readonly busy: boolean;
  readonly onReview: () => void;
}

type Told = Partial<Record<CoverPart, string>>;

/** The four questions. It never refuses to be sent: it says what is missing. */
export function CoverForm(props: CoverFormProps) {
  const texts = useMessages(COVER);
  const [tries, setTries] = useState(0);
  const { error, busy, onReview } = props;
  const found = useProblems(props);
  const problems = tries > 0 ? found : {};
  const send = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    setTries(tries + 1);
    if (Object.keys(found).length === 0) onReview();
  };
  return (
    <form className={styles.form} noValidate onSubmit={send}>
      <ProblemSummary
        problems={Object.fromEntries(Object.entries(problems).map(([part, text]) => [`cover-${part}`, text]))}
        tries={tries}
      />
      <Who {...props} problem={problems.person} />
      <Which {...props} problem={problems.resources} />
      <When {...props} problems={problems} />
      <HowFar {...props} />
      {error && <ErrorBox error={error} what={texts.review.previewFailed} />}
      <div>
        <Button type="submit" look="primary" busy={busy}>
          {texts.review.button}
        </Button>
      </div>
    </form>
  );
}

function useProblems({ form, chosen }: CoverFormProps): Told {
  const texts = useMessages(COVER);
  const frame = useFrame();
  const found = Object.entries(problemsOf(form, chosen, frame));
  return Object.fromEntries(found.map(([part, problem]) => [part, texts.problems[problem]]));
}

function useFrame() {
  const { now, zone = 'UTC' } = useWording();
  return { now, zone, longestDays: useSession().sharing.longest_days };
}

function Question({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles.question}>
      <legend className={styles.legend}>{legend}</legend>
      {children}
    </fieldset>
  );
}

function Who({ form, onChange, problem }: CoverFormProps & { readonly problem: string | undefined }) {
  const { who } = useMessages(COVER);
  return (
    <Question legend={who.legend}>
      <PersonPicker
        id="cover-person"
        label={who.label}
        person={form.person}
        problem={problem}
        onPick={(person) => onChange({ ...form, person })}
      />
    </Question>
  );
}

function Which(props: CoverFormProps & { readonly problem: string | undefined }) {
  const { form, onChange, chosen, owned, words, onWords, problem } = props;
  const { what } = useMessages(COVER);
  const choose = (rows: readonly OwnedResource[], isChosen: boolean) => {
    const rest = Object.entries(chosen).filter(([id]) => rows.every((row) => row.id !== id));
    const added = rows.map((row) => [row.id, { name: row.name, kind: kindKey(row) }] as const);
    onChange({ ...form, chosen: Object.fromEntries(isChosen ? [...rest, ...added] : rest) });
  };
  return (
    <Question legend={what.legend}>
      <p className={styles.help}>{what.help}</p>
      {problem !== undefined && <p className={styles.wrong}>{problem}</p>}
      <ResourceChoice
        id="cover-resources"
        owned={owned}
        words={words}
        onWords={onWords}
        chosen={chosen}
        onChoose={choose}
      />
    </Question>
  );
}

function When({ form, onChange, problems }: CoverFormProps & { readonly problems: Told }) {
  const texts = useMessages(COVER);
  const reader = useWording();
  const frame = useFrame();
  const today = dateOf(frame.now, frame.zone);
  const latest = latestDay(frame);
  const limit = latest === undefined ? undefined : texts.limit(dayText(startOfDay(latest, frame.zone), reader));
  return (
    <Question legend={texts.when.legend}>
      <p className={styles.help}>
        {texts.when.help} {limit}
      </p>
      <div className={styles.dates}>
        <Field
          id="cover-first"
          type="date"
          label={texts.when.first}
          problem={problems.first}
          value={form.first}
          min={today}
          max={latest}
          onChange={({ currentTarget: { value } }) => onChange({ ...form, first: value })}
        />
        <Field
          id="cover-last"
          type="date"
          label={texts.when.last}
          problem={problems.last}
          value={form.last}
          min={form.first > today ? form.first : today}
          max={latest}
          onChange={({ currentTarget: { value } }) => onChange({ ...form, last: value })}
        />
      </div>
    </Question>
  );
}

const LEVELS: readonly HandoverDraft['allow'][] = ['see', 'act'];

function HowFar({ form, onChange }: CoverFormProps) {
  const { how } = useMessages(COVER);
  return (
    <Question legend={how.legend}>
      <Chips
        legend={how.allow}
        chips={LEVELS.map((value) => ({ value, label: how.levels[value] }))}
        value={form.allow}
        onChoose={(allow) => onChange({ ...form, allow })}
      />
      <p className={styles.help}>{how.never}</p>
      <TextArea
        label={how.note}
        maxLength={300}
        value={form.note}
        onChange={({ currentTarget: { value } }) => onChange({ ...form, note: value })}
      />
    </Question>
  );
}
