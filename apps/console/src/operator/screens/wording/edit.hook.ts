import { useQueryClient } from '@tanstack/react-query';
import type { WordingFault } from '@valetkey/wording';
import type { WordingDetail, WordingRow } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { Refusal } from '../../../api/errors.js';
import { useKeptForm } from '../../../api/kept-form.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { announce } from '../../../shell/live-region.part.js';
import { toast } from '../../../shell/toast-queue.js';
import type { WordingForm } from './wording-form.js';
import { formOf, isSame, lackingOf, unfitOf, wordsOf } from './wording-form.js';
import { WORDING_EDIT } from './edit.messages.js';

export type Deed = 'publish' | 'save' | 'withdraw' | 'reset';

interface Press {
  readonly deed: Deed;
  readonly form: WordingForm;
}

/** A scope that is being worded: its form, and what can be done with it. */
export interface WordingEdit {
  readonly form: WordingForm;
  setForm(form: WordingForm): void;
  readonly pending: Deed | undefined;
  /** What failed; a lost race is not among it. */
  readonly error: Error | null;
  /** How it is now, when somebody else was first. */
  readonly theirs: WordingRow | undefined;
  /** Names of what is missing, once somebody wanted to publish. */
  readonly lacking: readonly string[];
  /** What owners must not read, from then on, too. */
  readonly unfit: Readonly<Record<string, WordingFault>>;
  /** What was tried last. */
  readonly last: Deed;
  /** There are words that are saved nowhere. */
  readonly isUnsaved: boolean;
  readonly tries: number;
  press(deed: Deed): void;
  keepMine(theirs: WordingRow): void;
  takeTheirs(theirs: WordingRow): void;
}

/** What is written, and what of it is saved as far as it is known here. */
function useWriting(row: WordingDetail) {
  const { languages } = row;
  const [form, setForm] = useKeptForm('wording', formOf(row, languages));
  const [base, setBase] = useState(() => formOf(row, languages));
  const start = (from: WordingRow) => {
    setForm(formOf(from, languages));
    setBase(formOf(from, languages));
  };
  /** What is being written stays, whatever becomes of the words in force. */
  const follow = (saved: WordingRow, written: WordingForm | undefined) => {
    const present = formOf(saved, languages);
    setForm((now) => (written || !isSame(now, base) ? { ...now, version: saved.version } : present));
    setBase(written ?? present);
  };
  return { form, setForm, start, follow, isUnsaved: !isSame(form, base) };
}

/** Sends what is pressed, and says what came of it. */
function useDeeds({ id }: WordingDetail, onDone: (saved: WordingRow, press: Press) => void) {
  const texts = useMessages(WORDING_EDIT);
  const queries = useQueryClient();
  const results = { publish: texts.published, save: texts.saved, withdraw: texts.withdrawn, reset: texts.wasReset };
  const readAgain = () => queries.invalidateQueries({ queryKey: ['operator', 'wording'] });
  const change = useChange<Press, WordingRow>((press) => actionOf(id, press), {
    onDone: (saved, press) => {
      onDone(saved, press);
      announce(results[press.deed]);
      toast(results[press.deed]);
      return readAgain();
    },
  });
  const { error, isPending, variables } = change;
  const theirs = error instanceof Refusal && error.isLostRace ? (error.answer.current as WordingRow) : undefined;
  const last = variables?.deed ?? 'save';
  const pending = isPending ? last : undefined;
  return { press: change.press, reset: change.reset, readAgain, last, pending, theirs, error: theirs ? null : error };
}

export function useWordingEdit(row: WordingDetail): WordingEdit {
  const { languages } = row;
  const { form, setForm, start, follow, isUnsaved } = useWriting(row);
  const [tries, setTries] = useState(0);
  const change = useDeeds(row, (saved, { deed, form: written }) => {
    follow(saved, deed === 'publish' || deed === 'save' ? written : undefined);
    setTries(0);
  });
  const send = (press: Press) => {
    setTries((count) => (press.deed === 'publish' ? count + 1 : 0));
    if (press.deed === 'publish' && !isFit(press.form, languages)) return change.reset();
    change.press(press);
  };
  const { last, pending, theirs, error } = change;
  return {
    form,
    setForm,
    pending,
    error,
    theirs,
    last,
    isUnsaved,
    lacking: tries > 0 ? lackingOf(form, languages) : [],
    unfit: tries > 0 ? unfitOf(form) : {},
    tries,
    press: (deed) => send({ deed, form }),
    keepMine: ({ version }) => {
      const mine = { ...form, version };
      setForm(mine);
      send({ deed: last, form: mine });
    },
    takeTheirs: (other) => {
      start(other);
      setTries(0);
      change.reset();
      void change.readAgain();
    },
  };
}

function isFit(form: WordingForm, languages: readonly string[]): boolean {
  return lackingOf(form, languages).length === 0 && Object.keys(unfitOf(form)).length === 0;
}

function actionOf(id: string, { deed, form }: Press) {
  const path = `/operator-api/wording/${encodeURIComponent(id)}`;
  const { version } = form;
  if (deed === 'withdraw' || deed === 'reset') return { method: 'POST' as const, path: `${path}/${deed}`, version };
  return { method: 'PUT' as const, path, version, body: { words: wordsOf(form), publish: deed === 'publish' } };
}
