import { accessSentence, endOfDay, LANGUAGES, lastDayOf } from '@valetkey/wording';
import { useMessages } from '../../../language/language.hook.js';
import { useWording } from '../../../language/wording.hook.js';
import { useSettled } from '../../../parts/settled.hook.js';
import { Words } from '../../../parts/words.part.js';
import type { WordingForm } from './wording-form.js';
import { cellOf } from './wording-form.js';
import styles from './wording.module.css';
import { WORDING_EDIT } from './edit.messages.js';

/** Days. */
const WEEK = 7;

interface PreviewProps {
  readonly form: WordingForm;
  readonly title?: string;
}

/** The sentence that owners will read, in each language that has words, by the generator that writes it for them. Said when typing pauses. */
export function Preview({ form, title }: PreviewProps) {
  const texts = useMessages(WORDING_EDIT);
  const settled = useSettled(form, 500);
  const written = Object.keys(settled.texts).filter((language) => hasWords(settled, language));
  return (
    <section className={styles.preview} aria-label={title ?? texts.preview} aria-live="polite">
      <p className={styles.quiet}>{title ?? texts.preview}</p>
      {written.map((language) => (
        <Sentence key={language} form={settled} tag={language} />
      ))}
    </section>
  );
}

function hasWords(form: WordingForm, language: string): boolean {
  return cellOf(form, language, 'verb').trim() !== '' && cellOf(form, language, 'object').trim() !== '';
}

function Sentence({ form, tag }: { readonly form: WordingForm; readonly tag: string }) {
  const reader = useWording();
  // Words of a language that has no sentences of its own stand within English ones, as owners will read them.
  const own = LANGUAGES.find((one) => one === tag.split('-')[0]);
  const language = own ?? 'en';
  const scope = {
    verb: cellOf(form, tag, 'verb').trim(),
    object: cellOf(form, tag, 'object').trim(),
    published: true,
    ...(own === undefined && { lang: tag }),
  };
  const { person, thing } = WORDING_EDIT[language];
  const zone = reader.zone ?? 'UTC';
  // As what is shared ends: with a day.
  const until = endOfDay(lastDayOf(WEEK, reader.now, zone), zone);
  const sample = { holder: { name: person }, resources: [{ name: thing }], until };
  const further = [cellOf(form, tag, 'consequence').trim(), cellOf(form, tag, 'without').trim()].filter(
    (line) => line !== '',
  );
  return (
    <p lang={language}>
      <Words of={accessSentence({ ...sample, scopes: [scope] }, { ...reader, language })} />
      {further.map((line) => (
        <span key={line} className={styles.quiet}>
          {line}
        </span>
      ))}
    </p>
  );
}
