import type { AccessRow, ApprovalDraft, ListAnswer, RequestView, ShareDraft } from '@valetkey/owner-contract';
import { useState } from 'react';
import { fillParts, past, plainText, sharedToast } from '@valetkey/wording';
import type { Action } from '../../api/api-client.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice } from '../../parts/card.part.js';
import { ProblemSummary } from '../../parts/problems.part.js';
import { Words } from '../../parts/words.part.js';
import { useToastChange } from '../../sharing/toast-change.hook.js';
import { About, Choices, Summary } from './answer-choices.part.js';
import type { AnswerForm } from './answer-form.hook.js';
import { useAnswerForm } from './answer-form.hook.js';
import { approveText } from './approve-text.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

/** A request that nobody answered in time: that it is over, and what was asked for may still be given. */
export function ExpiredForm({ request }: { readonly request: RequestView }) {
  const { outcome, failedAnswer } = useMessages(REQUESTS);
  const reader = useWording();
  const form = useAnswerForm(request);
  const [isGiven, setIsGiven] = useState(false);
  const makeChange = useToastChange();
  const give = (approval: ApprovalDraft) =>
    makeChange<ListAnswer<AccessRow>>(sharesOf(request, approval), {
      done: () => {
        setIsGiven(true);
        return plainText(sharedToast({ name: request.who.short_name }, approval.until, reader));
      },
      failed: failedAnswer.approve,
    });
  return (
    <div className={styles.form}>
      <Notice tone="warn">
        <p>
          <Words of={fillParts(outcome.expired, past(request.expires_at, reader))} />{' '}
          {isGiven ? outcome.given : outcome.grantAnyway}
        </p>
      </Notice>
      {!isGiven && <Offer form={form} onGive={() => form.press(give)} />}
    </div>
  );
}

function Offer({ form, onGive }: { readonly form: AnswerForm; readonly onGive: () => void }) {
  const texts = useMessages(REQUESTS);
  const { language } = useWording();
  const { request, content, drafted, frame } = form;
  return (
    <>
      <ProblemSummary problems={form.problems} tries={form.tries} />
      <Choices {...form} />
      <Summary {...form} />
      <div className={styles.pair}>
        <Button onClick={onGive}>
          {approveText(content, drafted, { texts, frame, language })}
          <About request={request} />
        </Button>
      </div>
    </>
  );
}

/** The shares that give it: one for all resources that get the same. */
function sharesOf(request: RequestView, approval: ApprovalDraft): Omit<Action, 'key'>[] {
  const { who, through } = request;
  const { scopes: allowed, ...span } = approval;
  const groups = new Map<string, ShareDraft>();
  for (const [id, scopes] of Object.entries(allowed)) {
    const key = JSON.stringify(scopes);
    const ids = [...(groups.get(key)?.resource_ids ?? []), id];
    const by = who.id === through.id ? {} : { through: through.id };
    groups.set(key, { resource_ids: ids, subject: who.id, ...by, scopes, ...span });
  }
  return [...groups.values()].map((body) => ({ method: 'POST', path: 'shares', body }));
}
