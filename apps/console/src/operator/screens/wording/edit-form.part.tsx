import type { WordingDetail } from '@valetkey/operator-contract';
import { useMessages } from '../../../language/language.hook.js';
import { Card } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { ProblemSummary } from '../../../parts/problems.part.js';
import { Select } from '../../../parts/select.part.js';
import { Cells } from './cells.part.js';
import { LeaveQuestion } from '../../parts/leave-question.part.js';
import { Deeds } from './deeds.part.js';
import type { WordingEdit } from './edit.hook.js';
import { useWordingEdit } from './edit.hook.js';
import { LostRace } from './lost-race.part.js';
import { Preview } from './preview.part.js';
import { useProblems } from './problems.hook.js';
import type { Level } from './wording-form.js';
import { fieldId, LEVELS } from './wording-form.js';
import styles from './wording.module.css';
import { WORDING_EDIT } from './edit.messages.js';

/** The words of one scope in every language, as they are written, with what owners will read. */
export function EditForm({ row }: { readonly row: WordingDetail }) {
  const texts = useMessages(WORDING_EDIT);
  const edit = useWordingEdit(row);
  const problems = useProblems(edit.lacking, edit.unfit);
  return (
    <Card as="section">
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          edit.press('publish');
        }}
      >
        <LeaveQuestion of="words" when={edit.isUnsaved} />
        {!edit.theirs && <ProblemSummary problems={problems} tries={edit.tries} />}
        {edit.error && <ErrorBox error={edit.error} what={texts.failed} ofChange />}
        {edit.theirs && <LostRace edit={edit} theirs={edit.theirs} languages={row.languages} />}
        <LevelField edit={edit} problem={problems[fieldId('level')]} />
        {Object.keys(edit.form.texts).map((language) => (
          <Cells key={language} language={language} edit={edit} problems={problems} />
        ))}
        <Preview form={edit.form} />
        <Deeds row={row} edit={edit} />
      </form>
    </Card>
  );
}

function LevelField({ edit, problem }: { readonly edit: WordingEdit; readonly problem: string | undefined }) {
  const texts = useMessages(WORDING_EDIT);
  return (
    <Select
      id={fieldId('level')}
      label={texts.level}
      help={texts.levelHelp}
      problem={problem}
      value={edit.form.level}
      onChange={({ target }) => edit.setForm({ ...edit.form, level: target.value as Level | '' })}
    >
      <option value="">{texts.noLevel}</option>
      {LEVELS.map((level) => (
        <option key={level} value={level}>
          {texts.levels[level]}
        </option>
      ))}
    </Select>
  );
}
