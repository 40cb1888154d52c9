import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import styles from './field.module.css';

interface SelectProps extends Omit<ComponentProps<'select'>, 'className'> {
  readonly label: string;
  readonly help?: ReactNode;
  /** What is wrong with the choice, in a sentence. */
  readonly problem?: string | undefined;
}

/** One of many, by the browser's own list. */
export function Select({ label, help, problem, id: given, children, ...rest }: SelectProps) {
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
      <select
        {...rest}
        id={id}
        className={styles.input}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
      >
        {children}
      </select>
      {problem !== undefined && (
        <p className={styles.wrong} id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
