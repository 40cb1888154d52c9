import { useBlocker } from '@tanstack/react-router';
import { useMessages } from '../../language/language.hook.js';
import { Confirm } from './confirm.part.js';
import { LEAVE } from './leave.messages.js';

interface LeaveQuestionProps {
  /** What would be lost. */
  readonly of: 'secret' | 'words';
  readonly when: boolean;
}

/** Asks before a link, or the way back, loses what is shown or written here and is nowhere else. A sign-in in the middle is not asked. */
export function LeaveQuestion({ of, when }: LeaveQuestionProps) {
  const texts = useMessages(LEAVE);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Confirm
      title={texts[of].title}
      action={texts[of].leave}
      keep={texts.stay}
      busy={false}
      error={null}
      onConfirm={proceed}
      onClose={reset}
    >
      <p>{texts[of].means}</p>
    </Confirm>
  );
}
