import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import styles from './field.module.css';

interface FieldProps extends Omit<ComponentProps<'input'>, 'className'> {
  readonly label: string;
  readonly help?: ReactNode;
  /** What is wrong with its content, in a sentence. */
  readonly problem?: string;
}

/** A labelled field. Its problem stands beside it, and is read with it. */
export function Field({ label, help, problem, id: given, ...rest }: FieldProps) {
  const made = useId();
  const id = given ?? made;
  const described = [help !== undefined && `${id}-help`, problem !== undefined && `${id}-problem`].filter(Boolean);
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {help !== undefined && (
        <p className={styles.help} id={`${id}-help`}>
          {help}
        </p>
      )}
      <input
        {...rest}
        id={id}
        className={styles.input}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
      />
      {problem !== undefined && (
        <p className={styles.wrong} id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

interface TickProps extends Omit<ComponentProps<'input'>, 'className' | 'type'> {
  readonly label: ReactNode;
  /** One short line below it. */
  readonly help?: ReactNode;
}

/** A box to tick. */
export function Tick({ label, help, ...rest }: TickProps) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <input
        {...rest}
        id={id}
        type="checkbox"
        className={styles.tick}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
      />
      <div>
        <label htmlFor={id} className={styles.choiceLabel}>
          {label}
        </label>
        {help !== undefined && (
          <p className={styles.help} id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
    </div>
  );
}
