import type { RequestView, SubjectView } from '@valetkey/owner-contract';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { ProblemSummary } from '../../parts/problems.part.js';
import { About, Choices, Summary } from './answer-choices.part.js';
import type { AnswerForm } from './answer-form.hook.js';
import { useAnswerForm } from './answer-form.hook.js';
import { useAnswers } from './answers.hook.js';
import { approveText } from './approve-text.js';
import { DenialForm } from './denial-form.part.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

interface RequestFormProps {
  readonly request: RequestView;
  /** Before the card shows the outcome. */
  readonly onAnswered: () => void;
}

/** The answer to a request that waits: what is allowed and how long, or a no with a word, in the same place. */
export function RequestForm({ request, onAnswered }: RequestFormProps) {
  const form = useAnswerForm(request);
  const answers = useAnswers(request, onAnswered);
  const { content, setContent } = form;
  if (!content.isExplaining) return <Answer form={form} answers={answers} />;
  return (
    <DenialForm
      who={request.who}
      error={answers.late ? null : answers.deny.error}
      busy={answers.deny.isPending}
      reason={content.reason}
      onReason={(reason) => setContent({ ...content, reason })}
      onDeny={answers.deny.press}
      onBack={() => setContent({ ...content, isExplaining: false })}
    />
  );
}

interface AnswerProps {
  readonly form: AnswerForm;
  readonly answers: ReturnType<typeof useAnswers>;
}

/** It cannot be given anything. */
function isResting({ removed, suspended }: SubjectView): boolean {
  return removed === true || suspended === true;
}

function Answer({ form, answers: { approve, deny, late } }: AnswerProps) {
  const texts = useMessages(REQUESTS);
  return (
    <div className={styles.form}>
      <ProblemSummary problems={form.problems} tries={form.tries} />
      {[form.request, late].some((request) => request !== undefined && isResting(request.through)) ? (
        <Notice tone="warn" role="alert">
          {texts.context.rests}
        </Notice>
      ) : (
        late?.state === 'pending' && (
          <Notice tone="warn" role="alert">
            {texts.changed}
          </Notice>
        )
      )}
      <Choices {...form} />
      <Summary {...form} />
      {!late && approve.error && <ErrorBox error={approve.error} ofChange what={texts.failedAnswer.approve} />}
      {!late && deny.error && <ErrorBox error={deny.error} ofChange what={texts.failedAnswer.deny} />}
      <Buttons form={form} approve={approve} deny={deny} />
    </div>
  );
}

/** Yes and no at the same price: one press, the same size. */
function Buttons({ form, approve, deny }: Pick<AnswerProps, 'form'> & Omit<AnswerProps['answers'], 'late'>) {
  const texts = useMessages(REQUESTS);
  const { language } = useWording();
  const { request, content, setContent, frame, drafted, press } = form;
  const isBusy = approve.isPending || deny.isPending;
  return (
    <div className={styles.answers}>
      <Button look="plain" onClick={() => setContent({ ...content, isExplaining: true })}>
        {texts.denyWithReason}
        <About request={request} />
      </Button>
      <div className={styles.pair}>
        <Button busy={isBusy} onClick={() => deny.press({})}>
          {texts.deny}
          <About request={request} />
        </Button>
        <Button busy={isBusy} onClick={() => press(approve.press)}>
          {approveText(content, drafted, { texts, frame, language })}
          <About request={request} />
        </Button>
      </div>
    </div>
  );
}
