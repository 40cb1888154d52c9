import type { WordingRow } from '@valetkey/operator-contract';
import { useEffect, useRef } from 'react';
import { useMessages, useReader } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Notice, Row } from '../../../parts/card.part.js';
import type { WordingEdit } from './edit.hook.js';
import { languageName } from './language-name.js';
import type { Member, WordingForm } from './wording-form.js';
import { cellOf, differencesOf, formOf } from './wording-form.js';
import styles from './wording.module.css';
import { WORDING_EDIT } from './edit.messages.js';
import { WORDING } from './wording.messages.js';

interface LostRaceProps {
  readonly edit: WordingEdit;
  readonly theirs: WordingRow;
  readonly languages: readonly string[];
}

/** Somebody else was first: what the two do not say alike, and which of them stays. Takes the focus. */
export function LostRace({ edit, theirs, languages }: LostRaceProps) {
  const { race } = useMessages(WORDING_EDIT);
  const { sources, draft } = useMessages(WORDING);
  const shown = useShown();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const other = formOf(theirs, languages);
  const state = theirs.draft ? `${sources[theirs.source]}. ${draft}.` : `${sources[theirs.source]}.`;
  const differing = differencesOf(edit.form, other).map((name) => shown(name, edit.form, other));
  return (
    <Notice tone="warn" role="alert">
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {race.title}
      </h2>
      <p>{race.what}</p>
      {[{ key: 'state', what: race.state, mine: race.wanted[edit.last], theirs: state }, ...differing].map((one) => (
        <dl key={one.key} className={styles.versions}>
          <div>
            <dt>
              {one.what}: {race.mine}
            </dt>
            <dd>
              <bdi>{one.mine}</bdi>
            </dd>
          </div>
          <div>
            <dt>
              {one.what}: {race.theirs}
            </dt>
            <dd>
              <bdi>{one.theirs}</bdi>
            </dd>
          </div>
        </dl>
      ))}
      <Row>
        <Button onClick={() => edit.keepMine(theirs)}>{race.keepMine}</Button>
        <Button onClick={() => edit.takeTheirs(theirs)}>{race.takeTheirs}</Button>
      </Row>
    </Notice>
  );
}

/** One thing that they do not say alike, in words. */
function useShown() {
  const texts = useMessages(WORDING_EDIT);
  const { language } = useReader();
  const valueOf = (form: WordingForm, member: string, tag: string) => {
    if (tag === '') return form.level === '' ? texts.noLevel : texts.levels[form.level];
    return cellOf(form, tag, member as Member) || texts.race.nothing;
  };
  return (name: string, mine: WordingForm, theirs: WordingForm) => {
    const [member = '', tag = ''] = name.split('#');
    const what = tag === '' ? texts.level : texts.cell(texts.members[member as Member], languageName(tag, language));
    return { key: name, what, mine: valueOf(mine, member, tag), theirs: valueOf(theirs, member, tag) };
  };
}
