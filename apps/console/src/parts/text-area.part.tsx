import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import styles from './field.module.css';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'className'> {
  readonly label: string;
  readonly help?: ReactNode;
  /** What is wrong with it, in a sentence. */
  readonly problem?: string | undefined;
}

/** A field for more than one line. */
export function TextArea({ label, help, problem, id: given, ...rest }: TextAreaProps) {
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
      <textarea
        rows={3}
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
