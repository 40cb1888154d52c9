import { useMessages, useReader } from '../../../language/language.hook.js';
import { Notice } from '../../../parts/card.part.js';
import { Field } from '../../../parts/field.part.js';
import { TextArea } from '../../../parts/text-area.part.js';
import type { WordingEdit } from './edit.hook.js';
import { languageName } from './language-name.js';
import { useFaultText } from './problems.hook.js';
import type { Member, WordingForm } from './wording-form.js';
import { cellOf, fieldId, MEMBERS, unfitOf, withCell } from './wording-form.js';
import styles from './wording.module.css';
import { WORDING_EDIT } from './edit.messages.js';

/** As the server takes them. */
const LONGEST: Readonly<Record<Member, number>> = { verb: 60, object: 120, consequence: 200, without: 200 };

interface CellsProps {
  readonly language: string;
  readonly edit: WordingEdit;
  readonly problems: Readonly<Record<string, string>>;
}

/** The words of one language: each cell has a label of its own, what is wrong beside it, and until it is published what will be below. */
export function Cells({ language, edit: { form, setForm, tries }, problems }: CellsProps) {
  const texts = useMessages(WORDING_EDIT);
  const reader = useReader();
  const name = languageName(language, reader.language);
  return (
    <fieldset className={styles.language}>
      <legend className={styles.legend}>{name}</legend>
      <div className={styles.cells}>
        {MEMBERS.map((member) => {
          const id = fieldId(`${member}#${language}`);
          const problem = problems[id];
          // Sentences stand in a field in which they can be seen.
          const Cell = LONGEST[member] > 120 ? TextArea : Field;
          return (
            <Cell
              key={member}
              id={id}
              label={texts.members[member]}
              aria-label={texts.cell(texts.members[member], name)}
              lang={language}
              dir="auto"
              maxLength={LONGEST[member]}
              value={cellOf(form, language, member)}
              onChange={({ target }: { readonly target: { readonly value: string } }) =>
                setForm(withCell(form, language, member, target.value.replace(/\s*\n\s*/g, ' ')))
              }
              {...(problem !== undefined && { problem })}
            />
          );
        })}
      </div>
      {tries === 0 && <Advice form={form} language={language} />}
    </fieldset>
  );
}

function Advice({ form, language }: { readonly form: WordingForm; readonly language: string }) {
  const textOf = useFaultText();
  const faults = Object.entries(unfitOf(form)).filter(([name]) => name.endsWith(`#${language}`));
  if (faults.length === 0) return null;
  return (
    <Notice tone="warn">
      {faults.map(([name, fault]) => (
        <p key={name}>{textOf(fault)}</p>
      ))}
    </Notice>
  );
}
