import { useEffect, useRef } from 'react';
import { useMessages } from '../language/language.hook.js';
import { Notice } from './card.part.js';
import { PARTS } from './parts.messages.js';
import styles from './problems.module.css';

/** Id of a field or group of the form -> what is wrong with it, in a sentence. In the order of the form. */
export type Problems = Readonly<Record<string, string>>;

interface ProblemSummaryProps {
  readonly problems: Problems;
  /** Grows with every press of the button: the summary takes the focus each time. */
  readonly tries: number;
}

/** At the top of a form that was sent and is not complete: takes the focus, and leads to each field. */
export function ProblemSummary({ problems, tries }: ProblemSummaryProps) {
  const texts = useMessages(PARTS);
  const heading = useRef<HTMLHeadingElement>(null);
  const found = Object.entries(problems);
  const isShown = found.length > 0;
  useEffect(() => {
    if (tries > 0 && isShown) heading.current?.focus();
  }, [tries, isShown]);
  if (!isShown) return null;
  return (
    <Notice tone="bad">
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {texts.problems}
      </h2>
      <ul className={styles.list}>
        {found.map(([id, text]) => (
          <li key={id}>
            <a className={styles.link} href={`#${id}`} onClick={(event) => lead(event, id)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Without a change of the address, which is the screen's. */
function lead(event: { preventDefault: () => void }, id: string): void {
  event.preventDefault();
  const target = document.getElementById(id);
  const field = target?.matches('fieldset') === true ? target.querySelector<HTMLElement>('input, select') : target;
  (field ?? target)?.focus();
}
