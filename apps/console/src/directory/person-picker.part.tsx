import type { SubjectView } from '@valetkey/owner-contract';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { Button } from '../parts/button.part.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { Field } from '../parts/field.part.js';
import { SubjectName } from '../parts/subject-name.part.js';
import { DIRECTORY } from './directory.messages.js';
import { useDirectory } from './directory.hook.js';
import styles from './person-picker.module.css';

interface PersonPickerProps {
  readonly id: string;
  readonly label: string;
  readonly person: SubjectView | undefined;
  readonly onPick: (person: SubjectView | undefined) => void;
  readonly problem?: string | undefined;
}

/** Finds one person: a search field, and who matches as a list below it. */
export function PersonPicker({ id, label, person, onPick, problem }: PersonPickerProps) {
  const texts = useMessages(DIRECTORY);
  const isOwnAct = useRef(false);
  useEffect(() => {
    // What was pressed is gone: the focus goes to what stands in its place.
    if (isOwnAct.current) document.getElementById(id)?.focus();
    isOwnAct.current = false;
  }, [id, person]);
  const pick = (picked: SubjectView | undefined) => {
    isOwnAct.current = true;
    onPick(picked);
  };
  if (!person) return <Search id={id} label={label} onPick={pick} problem={problem} />;
  return (
    <div className={styles.picked}>
      <SubjectName subject={person} />
      <Button id={id} onClick={() => pick(undefined)} aria-label={texts.changeNamed(person.name)}>
        {texts.change}
      </Button>
    </div>
  );
}

function Search({ id, label, onPick, problem }: Omit<PersonPickerProps, 'person'>) {
  const texts = useMessages(DIRECTORY);
  const { sharing } = useSession();
  const [words, setWords] = useState('');
  return (
    <div className={styles.search}>
      <Field
        id={id}
        label={label}
        type="search"
        help={texts.how[sharing.directory]}
        problem={problem}
        value={words}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => setWords(value)}
      />
      <Matches words={words} onPick={onPick} />
    </div>
  );
}

const NOBODY = { people: [], more: false };

function Matches({ words, onPick }: { readonly words: string; readonly onPick: PersonPickerProps['onPick'] }) {
  const texts = useMessages(DIRECTORY);
  const query = useDirectory(words);
  const { people, more } = query.data ?? NOBODY;
  const isAsked = words.trim() !== '' && query.data !== undefined;
  return (
    <>
      <p role="status" className={isAsked && people.length === 0 ? undefined : 'unseen'}>
        {isAsked ? texts.matches(people.length) : ''}
      </p>
      {query.error && <ErrorBox error={query.error} what={texts.failed} onRetry={() => void query.refetch()} />}
      {people.length > 0 && <People people={people} label={isAsked ? texts.found : texts.known} onPick={onPick} />}
      {more && <p className={styles.more}>{texts.more}</p>}
    </>
  );
}

interface PeopleProps {
  readonly people: readonly SubjectView[];
  readonly label: string;
  readonly onPick: PersonPickerProps['onPick'];
}

function People({ people, label, onPick }: PeopleProps) {
  return (
    <ul className={styles.matches} aria-label={label}>
      {people.map((one) => (
        <li key={one.id}>
          <button type="button" className={styles.match} onClick={() => onPick(one)}>
            <SubjectName subject={one} strong={false} />
          </button>
        </li>
      ))}
    </ul>
  );
}
