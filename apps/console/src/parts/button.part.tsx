import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.js';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'className'> {
  /** `primary`: the one that the screen is for; `danger`: ends something; `plain` reads as a link. */
  readonly look?: 'primary' | 'danger' | 'plain';
  /** What it does is under way: it says so, and a press does nothing. It is never disabled, so it keeps the focus. */
  readonly busy?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Says what happens, to whom: "Share with Peter". */
export function Button({ look, busy = false, wide = false, onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classNames(styles.button, look && styles[look], wide && styles.wide, busy && styles.busy)}
    />
  );
}

/** A link that looks as {@link Button} does: for what leads somewhere. Give it as `className` of a router link. */
export function buttonClass(look?: ButtonProps['look']): string {
  return classNames(styles.button, look && styles[look]);
}
