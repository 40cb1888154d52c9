import type { DenialDraft, SubjectView } from '@valetkey/owner-contract';
import { useEffect, useRef } from 'react';
import { plainName } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { Button } from '../../parts/button.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { TextArea } from '../../parts/text-area.part.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

const LONGEST_REASON = 300;

interface DenialFormProps {
  readonly who: SubjectView;
  readonly error: Error | null;
  readonly busy: boolean;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onDeny: (denial: DenialDraft) => void;
  readonly onBack: () => void;
}

/** A no with words, or for thirty days: in the place of the answer. */
export function DenialForm({ who, error, busy, reason, onReason, onDeny, onBack }: DenialFormProps) {
  const texts = useMessages(REQUESTS);
  const { about } = useMessages(SHARING);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const denial: DenialDraft = reason.trim() === '' ? {} : { reason: reason.trim() };
  const whose = <span className="unseen">{about(plainName(who.name))}</span>;
  return (
    <div ref={form} className={styles.form}>
      <TextArea
        label={texts.reason}
        help={texts.reasonHelp(plainName(who.short_name))}
        maxLength={LONGEST_REASON}
        value={reason}
        onChange={({ target }) => onReason(target.value)}
      />
      {error && <ErrorBox error={error} ofChange what={texts.failedAnswer.deny} />}
      <div className={styles.answers}>
        <Button look="plain" onClick={onBack}>
          {texts.back}
          {whose}
        </Button>
        <div className={styles.pair}>
          <Button busy={busy} onClick={() => onDeny({ ...denial, mute_days: 30 })}>
            {texts.denyAndMute}
            {whose}
          </Button>
          <Button busy={busy} onClick={() => onDeny(denial)}>
            {texts.deny}
            {whose}
          </Button>
        </div>
      </div>
    </div>
  );
}
