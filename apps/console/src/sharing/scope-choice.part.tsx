import type { ScopeView } from '@valetkey/owner-contract';
import type { ReactNode } from 'react';
import { deedLine } from '@valetkey/wording';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { Tick } from '../parts/field.part.js';
import { Words } from '../parts/words.part.js';
import { SHARING } from './sharing.messages.js';
import styles from './sharing.module.css';

interface ScopeChoiceProps {
  readonly id: string;
  readonly legend: ReactNode;
  readonly scopes: readonly ScopeView[];
  /** Names of the scopes that are ticked. */
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly problem?: string | undefined;
}

/** What is allowed, one sentence a line; what nobody has described cannot be given. */
export function ScopeChoice({ id, legend, scopes, value, onChange, problem }: ScopeChoiceProps) {
  const texts = useMessages(SHARING);
  const { language } = useWording();
  const toggle = (scope: string, isTicked: boolean) =>
    onChange(scopes.map((one) => one.scope).filter((one) => (one === scope ? isTicked : value.includes(one))));
  return (
    <fieldset id={id} tabIndex={-1} className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      {scopes.map((one) =>
        one.published ? (
          <Tick
            key={one.scope}
            label={<Words of={[deedLine(one, language)]} />}
            help={one.consequence}
            checked={value.includes(one.scope)}
            onChange={({ target }) => toggle(one.scope, target.checked)}
          />
        ) : (
          <p key={one.scope} className={styles.cannot}>
            <Words of={[deedLine(one, language)]} />. {texts.cannotBeGiven}
          </p>
        ),
      )}
      {problem !== undefined && <p className={styles.wrong}>{problem}</p>}
    </fieldset>
  );
}
