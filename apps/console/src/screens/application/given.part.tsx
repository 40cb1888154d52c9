import { Link } from '@tanstack/react-router';
import type { ApplicationView } from '@valetkey/owner-contract';
import { accessSentence } from '@valetkey/wording';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button, buttonClass } from '../../parts/button.part.js';
import { Card, Row } from '../../parts/card.part.js';
import { Words } from '../../parts/words.part.js';
import { APPLICATION } from './application.messages.js';
import styles from './application.module.css';
import type { Giving } from './give.hook.js';

/** What was given, as it was read back, and where it goes on. */
export function Given({ view, giving }: { readonly view: ApplicationView; readonly giving: Giving }) {
  const texts = useMessages(APPLICATION);
  const reader = useWording();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { subject } = view;
  return (
    <Card as="section">
      <h2 ref={heading} tabIndex={-1}>
        {texts.done.title}
      </h2>
      <ul className={styles.sentences}>
        {giving.given.map((row) => (
          <li key={row.id}>
            <Words of={accessSentence(row, reader)} />
          </li>
        ))}
      </ul>
      <p>{texts.done.next(subject.name)}</p>
      <Row>
        <Link to="/access" className={buttonClass()}>
          {texts.toAccess}
        </Link>
        <Button onClick={giving.reset}>{texts.more}</Button>
      </Row>
    </Card>
  );
}
