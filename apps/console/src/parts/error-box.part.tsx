import { useMessages } from '../language/language.hook.js';
import { announce } from '../shell/live-region.part.js';
import { Refusal, SessionOver, Unreachable } from '../api/errors.js';
import { Button } from './button.part.js';
import { Notice } from './card.part.js';
import styles from './error-box.module.css';
import { PARTS } from './parts.messages.js';

interface ErrorBoxProps {
  readonly error: Error;
  /** What failed, in a sentence: "Peter could not be added." A general one otherwise. */
  readonly what?: string;
  /** It was a change: then it says that nothing was changed, or that this is not known. */
  readonly ofChange?: boolean;
  readonly onRetry?: () => void;
}

/** What failed, what that means, what to do, and the reference to tell. Shows nothing while the browser leaves for a sign-in. */
export function ErrorBox({ error, what, ofChange = false, onRetry }: ErrorBoxProps) {
  const texts = useMessages(PARTS);
  if (error instanceof SessionOver) return null;
  const reference = error instanceof Refusal ? error.reference : '';
  return (
    <Notice tone="bad" role="alert">
      <p className={styles.what}>{what ?? texts.failed[kindOf(error)]}</p>
      <p>{texts.meaning[meaningOf(error, ofChange)]}</p>
      {onRetry && <Button onClick={onRetry}>{texts.retry}</Button>}
      {reference !== '' && (
        <p className={styles.reference}>
          {texts.reference(reference)}{' '}
          <Button look="plain" onClick={() => void copy(reference).then(() => announce(texts.copied))}>
            {texts.copyReference}
          </Button>
        </p>
      )}
    </Notice>
  );
}

function kindOf(error: Error): 'refused' | 'fault' | 'unreachable' {
  if (error instanceof Unreachable) return 'unreachable';
  return error instanceof Refusal && error.status < 500 ? 'refused' : 'fault';
}

function meaningOf(error: Error, ofChange: boolean): 'read' | 'changed' | 'unknown' | 'notFound' | 'notAllowed' {
  if (error instanceof Refusal && error.status === 404) return 'notFound';
  if (error instanceof Refusal && error.status === 403) return 'notAllowed';
  if (!ofChange) return 'read';
  return error instanceof Unreachable ? 'unknown' : 'changed';
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
