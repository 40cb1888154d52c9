import { LANGUAGES, wordingFaults } from '@valetkey/wording';
import { useMessages, useReader } from '../../../language/language.hook.js';
import { Field } from '../../../parts/field.part.js';
import { Notice } from '../../../parts/card.part.js';
import type { WordingEdit } from './edit.hook.js';
import { languageName } from './language-name.js';
import type { Member, WordingForm } from './wording-form.js';
import { cellOf, fieldId, MEMBERS, withCell } from './wording-form.js';
import styles from './wording.module.css';
import { WORDING_EDIT } from './wording.messages.js';

/** As the server takes them. */
const LONGEST: Readonly<Record<Member, number>> = { verb: 60, object: 120, consequence: 200, without: 200 };

interface CellsProps {
  readonly language: string;
  readonly edit: WordingEdit;
  readonly problems: Readonly<Record<string, string>>;
}

/** The words of one language: each cell has a label of its own, what is missing beside it, and advice below. */
export function Cells({ language, edit: { form, setForm }, problems }: CellsProps) {
  const texts = useMessages(WORDING_EDIT);
  const reader = useReader();
  const name = languageName(language, reader.language);
  return (
    <fieldset className={styles.language}>
      <legend className={styles.legend}>{name}</legend>
      <div className={styles.cells}>
        {MEMBERS.map((member) => {
          const problem = problems[fieldId(`${member}#${language}`)];
          return (
            <Field
              key={member}
              id={fieldId(`${member}#${language}`)}
              label={texts.cell(texts.members[member], name)}
              lang={language}
              dir="auto"
              maxLength={LONGEST[member]}
              value={cellOf(form, language, member)}
              onChange={({ target }) => setForm(withCell(form, language, member, target.value))}
              {...(problem !== undefined && { problem })}
            />
          );
        })}
      </div>
      <Advice form={form} language={language} />
    </fieldset>
  );
}

function Advice({ form, language }: { readonly form: WordingForm; readonly language: string }) {
  const texts = useMessages(WORDING_EDIT);
  const known = LANGUAGES.find((one) => one === language.split('-')[0]);
  const faults = known ? wordingFaults(cellOf(form, language, 'verb'), cellOf(form, language, 'object'), known) : [];
  if (faults.length === 0) return null;
  return (
    <Notice tone="warn">
      {faults.map((fault) =>
        fault.kind === 'long' ? (
          <p key="long">{texts.long(fault.words)}</p>
        ) : (
          <p key={fault.word}>{texts.jargon(fault.word)}</p>
        ),
      )}
    </Notice>
  );
}
