import { Link } from '@tanstack/react-router';
import type { CheckUpView } from '@valetkey/owner-contract';
import { dayText } from '@valetkey/wording';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button, buttonClass } from '../../parts/button.part.js';
import { Card, Row } from '../../parts/card.part.js';
import styles from './check-up.module.css';
import { CHECK_UP } from './check-up.messages.js';
import type { Answer, Answers } from './progress.js';

interface CheckUpDoneProps {
  readonly view: CheckUpView;
  readonly answers: Answers;
  readonly onGoOn: () => void;
}

/** What came of the round, and when the next one is due. */
export function CheckUpDone({ view, answers, onGoOn }: CheckUpDoneProps) {
  const texts = useMessages(CHECK_UP);
  const { done } = texts;
  const reader = useWording();
  const heading = useRef<HTMLHeadingElement>(null);
  const isRound = view.items.length > 0;
  useEffect(() => {
    if (isRound) heading.current?.focus();
  }, [isRound]);
  const left = view.total - view.items.length;
  return (
    <Card as="section">
      <h2 ref={heading} tabIndex={-1}>
        {isRound ? done.title : texts.none.what}
      </h2>
      {isRound && (
        <ul className={styles.reasons}>
          {done.counts(countsOf(answers)).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {left > 0 && <p>{done.more(left)}</p>}
      <p>
        <time dateTime={view.next_at}>{done.nextAt(dayText(view.next_at, reader))}</time>
      </p>
      <Row>
        {left > 0 && (
          <Button look="primary" onClick={onGoOn}>
            {done.goOn}
          </Button>
        )}
        <Link to="/access" className={buttonClass()}>
          {done.toAccess}
        </Link>
      </Row>
    </Card>
  );
}

function countsOf(answers: Answers): Readonly<Record<Answer, number>> {
  const given = Object.values(answers);
  const count = (wanted: Answer) => given.filter((answer) => answer === wanted).length;
  return { kept: count('kept'), shortened: count('shortened'), removed: count('removed') };
}
