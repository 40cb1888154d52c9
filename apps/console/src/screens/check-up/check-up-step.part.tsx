import { getRouteApi, Link } from '@tanstack/react-router';
import type { CheckUpItem, RevocationResult } from '@valetkey/owner-contract';
import { accessSentence, plainText, revokedToast } from '@valetkey/wording';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../../api/change.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button, buttonClass } from '../../parts/button.part.js';
import { Card, Notice, Row } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import { Words } from '../../parts/words.part.js';
import { AccessFacts } from '../../sharing/access-facts.part.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { Shorten } from '../../sharing/shorten.part.js';
import { useShorterDays } from '../../sharing/changeable.hook.js';
import { toast } from '../../shell/toast-queue.js';
import styles from './check-up.module.css';
import { CHECK_UP } from './check-up.messages.js';
import type { Answer, Progress } from './progress.js';

const route = getRouteApi('/check-up');

interface CheckUpStepProps {
  readonly progress: Progress & { readonly item: CheckUpItem };
  /** What she said before, when she comes back to it. */
  readonly answer: Answer | undefined;
  readonly onAnswer: (answer: Answer) => Promise<void>;
  /** Something was answered in this round. */
  readonly isBegun: boolean;
}

/** One access: what it is, why it is worth a look, and what shall become of it. */
export function CheckUpStep({ progress, answer, onAnswer, isBegun }: CheckUpStepProps) {
  const texts = useMessages(CHECK_UP);
  const reader = useWording();
  const { item, position, count, previous, next } = progress;
  return (
    <>
      <Card as="section">
        <p className={styles.progress}>{texts.progress(position, count)}</p>
        <Heading item={item} isBegun={isBegun} />
        <p>
          <Words of={accessSentence(item, reader)} />
        </p>
        <AccessFacts row={item} />
        <Reasons reasons={item.reasons} />
        {answer === undefined ? <Choices item={item} onAnswer={onAnswer} /> : <Answered answer={answer} next={next} />}
      </Card>
      <Row>
        {previous !== undefined && (
          <Link from="/check-up" search={{ item: previous }} className={buttonClass('plain')}>
            {texts.previous}
          </Link>
        )}
        {answer === undefined && next !== undefined && (
          <Link from="/check-up" search={{ item: next }} className={buttonClass('plain')}>
            {texts.later}
          </Link>
        )}
        {answer !== 'removed' && (
          <Link to="/access/$id" params={{ id: item.id }} className={buttonClass('plain')}>
            {texts.look}
          </Link>
        )}
      </Row>
    </>
  );
}

/** Takes the focus with every item after an answer. Before one the screen has just come, and its own heading has it or nothing. */
function Heading({ item, isBegun }: { readonly item: CheckUpItem; readonly isBegun: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isBegun) heading.current?.focus();
  }, [item.id, isBegun]);
  return (
    <h2 ref={heading} tabIndex={-1}>
      <SubjectName subject={item.holder} />
    </h2>
  );
}

function Reasons({ reasons }: Pick<CheckUpItem, 'reasons'>) {
  const texts = useMessages(CHECK_UP);
  return (
    <Notice tone="warn">
      <h3>{texts.why}</h3>
      <ul className={styles.reasons}>
        {reasons.map((reason) => (
          <li key={reason}>{texts.reasons[reason]}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Answered({ answer, next }: { readonly answer: Answer; readonly next: string | undefined }) {
  const texts = useMessages(CHECK_UP);
  const navigate = route.useNavigate();
  return (
    <Notice tone="good">
      <p>{texts.answered[answer]}</p>
      <Button onClick={() => void navigate({ search: next === undefined ? {} : { item: next } })}>{texts.next}</Button>
    </Notice>
  );
}

function Choices({ item, onAnswer }: Pick<CheckUpStepProps, 'onAnswer'> & { readonly item: CheckUpItem }) {
  const texts = useMessages(CHECK_UP);
  const [isShortening, setIsShortening] = useState(false);
  const path = encodeURIComponent(item.id);
  const keep = useChange<void, void>(() => ({ method: 'POST', path: `check-up/${path}/keep` }), {
    onDone: () => onAnswer('kept'),
  });
  const remove = useRemove(item, onAnswer);
  const days = useShorterDays(item);
  if (isShortening)
    return (
      <Shorten item={item} days={days} onDone={() => onAnswer('shortened')} onCancel={() => setIsShortening(false)} />
    );
  return (
    <>
      {keep.error && <ErrorBox error={keep.error} what={texts.failedTo.keep} ofChange />}
      {remove.error && <RemoveError error={remove.error} />}
      <Row>
        <Button busy={keep.isPending} onClick={() => keep.press()}>
          {texts.keep}
        </Button>
        {days.length > 0 && <Button onClick={() => setIsShortening(true)}>{texts.shorten}</Button>}
        <Button look="danger" busy={remove.isPending} onClick={() => remove.press()}>
          {texts.remove}
        </Button>
      </Row>
    </>
  );
}

function useRemove(item: CheckUpItem, onAnswer: CheckUpStepProps['onAnswer']) {
  const reader = useWording();
  return useChange<void, RevocationResult>(
    () => ({ method: 'DELETE', path: `access/${encodeURIComponent(item.id)}` }),
    {
      onDone: (result) => {
        toast(plainText(revokedToast({ name: item.holder.short_name }, result, reader)));
        return onAnswer('removed');
      },
    },
  );
}

function RemoveError({ error }: { readonly error: Error }) {
  const { failed } = useMessages(SHARING);
  return <ErrorBox error={error} what={failed.revoke} ofChange />;
}
