import type { WordingDetail, WordingRow } from '@valetkey/operator-contract';
import { useMessages, useReader } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card, Notice, Row } from '../../../parts/card.part.js';
import { ErrorBox } from '../../../parts/error-box.part.js';
import { ProblemSummary } from '../../../parts/problems.part.js';
import { Select } from '../../../parts/select.part.js';
import { Cells } from './cells.part.js';
import type { Deed, WordingEdit } from './edit.hook.js';
import { useWordingEdit } from './edit.hook.js';
import { Preview } from './preview.part.js';
import { languageName } from './language-name.js';
import type { Level, Member } from './wording-form.js';
import { fieldId, formOf, LEVELS } from './wording-form.js';
import styles from './wording.module.css';
import { WORDING_EDIT } from './wording.messages.js';

/** The words of one scope in every language, as they are written, with what owners will read. */
export function EditForm({ row }: { readonly row: WordingDetail }) {
  const texts = useMessages(WORDING_EDIT);
  const edit = useWordingEdit(row);
  const problems = useProblems(edit.lacking);
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
        <ProblemSummary problems={problems} tries={edit.tries} />
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

/** Field -> what is wrong with it, in a sentence. */
function useProblems(lacking: readonly string[]): Readonly<Record<string, string>> {
  const texts = useMessages(WORDING_EDIT);
  const { language } = useReader();
  const sentence = (name: string) => {
    const [member = '', tag = ''] = name.split('#');
    if (tag === '') return texts.missingLevel;
    return texts.missing(texts.members[member as Member], languageName(tag, language));
  };
  return Object.fromEntries(lacking.map((name) => [fieldId(name), sentence(name)]));
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

/** What can be done: publishing first; withdrawing and giving up only where there is something. */
function Deeds({ row, edit }: { readonly row: WordingDetail; readonly edit: WordingEdit }) {
  const texts = useMessages(WORDING_EDIT);
  const isOurs = row.source === 'published' || row.source === 'withdrawn';
  const button = (deed: Deed, look?: 'danger') => (
    <Button busy={edit.pending === deed} onClick={() => edit.press(deed)} {...(look && { look })}>
      {texts[deed]}
    </Button>
  );
  return (
    <Row>
      <Button type="submit" look="primary" busy={edit.pending === 'publish'}>
        {texts.publish}
      </Button>
      {button('save')}
      {isOurs && button('reset')}
      {row.published && button('withdraw', 'danger')}
    </Row>
  );
}

interface LostRaceProps {
  readonly edit: WordingEdit;
  readonly theirs: WordingRow;
  readonly languages: readonly string[];
}

/** Somebody else was first: both are shown, and one of them is chosen. */
function LostRace({ edit, theirs, languages }: LostRaceProps) {
  const { race } = useMessages(WORDING_EDIT);
  return (
    <Notice tone="warn" role="alert">
      <h2 className={styles.heading}>{race.title}</h2>
      <p>{race.what}</p>
      <Preview form={formOf(theirs, languages)} title={race.theirs} />
      <Row>
        <Button onClick={() => edit.keepMine(theirs)}>{race.keepMine}</Button>
        <Button onClick={() => edit.takeTheirs(theirs)}>{race.takeTheirs}</Button>
      </Row>
    </Notice>
  );
}
