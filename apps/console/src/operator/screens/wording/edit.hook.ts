import { useQueryClient } from '@tanstack/react-query';
import type { WordingDetail, WordingRow } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useChange } from '../../../api/change.hook.js';
import { Refusal } from '../../../api/errors.js';
import { useKeptForm } from '../../../api/kept-form.hook.js';
import { useMessages } from '../../../language/language.hook.js';
import { announce } from '../../../shell/live-region.part.js';
import { toast } from '../../../shell/toast-queue.js';
import type { WordingForm } from './wording-form.js';
import { formOf, lackingOf, wordsOf } from './wording-form.js';
import { WORDING_EDIT } from './wording.messages.js';

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
  readonly tries: number;
  press(deed: Deed): void;
  keepMine(theirs: WordingRow): void;
  takeTheirs(theirs: WordingRow): void;
}

export function useWordingEdit(row: WordingDetail): WordingEdit {
  const { languages, id } = row;
  const texts = useMessages(WORDING_EDIT);
  const queries = useQueryClient();
  const [form, setForm] = useKeptForm('wording', formOf(row, languages));
  const [tries, setTries] = useState(0);
  const results = { publish: texts.published, save: texts.saved, withdraw: texts.withdrawn, reset: texts.wasReset };
  const change = useChange<Press, WordingRow>((press) => actionOf(id, press), {
    onDone: (saved, { deed }) => {
      setForm((now) =>
        deed === 'publish' || deed === 'save' ? { ...now, version: saved.version } : formOf(saved, languages),
      );
      setTries(0);
      announce(results[deed]);
      toast(results[deed]);
      return queries.invalidateQueries({ queryKey: ['operator', 'wording'] });
    },
  });
  const last = change.variables;
  const refusal = change.error instanceof Refusal ? change.error : undefined;
  const theirs = refusal?.isLostRace ? (refusal.answer.current as WordingRow) : undefined;
  const send = (press: Press) => {
    if (press.deed === 'publish') setTries((count) => count + 1);
    if (press.deed === 'publish' && lackingOf(press.form, languages).length > 0) return change.reset();
    change.press(press);
  };
  return {
    form,
    setForm,
    pending: change.isPending ? last?.deed : undefined,
    error: refusal?.isLostRace ? null : change.error,
    theirs,
    lacking: tries > 0 ? lackingOf(form, languages) : [],
    tries,
    press: (deed) => send({ deed, form }),
    keepMine: ({ version }) => {
      const mine = { ...form, version };
      setForm(mine);
      send({ deed: last?.deed ?? 'save', form: mine });
    },
    takeTheirs: (other) => {
      setForm(formOf(other, languages));
      change.reset();
    },
  };
}

function actionOf(id: string, { deed, form }: Press) {
  const path = `/operator-api/wording/${encodeURIComponent(id)}`;
  const { version } = form;
  if (deed === 'withdraw' || deed === 'reset') return { method: 'POST' as const, path: `${path}/${deed}`, version };
  return { method: 'PUT' as const, path, version, body: { words: wordsOf(form), publish: deed === 'publish' } };
}
