import type { RequestView } from '@valetkey/owner-contract';
import { useState } from 'react';
import { end, fillParts, past, pastRequestSentence, place, requestSentence } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Words } from '../../parts/words.part.js';
import { focusNextRow, ROW, ROW_HEADING, useRowFocus } from '../../sharing/row-focus.hook.js';
import { Technical } from '../../sharing/technical.part.js';
import { ExpiredForm } from './expired-form.part.js';
import type { SeenRequest } from './present-request.hook.js';
import { usePresentRequest } from './present-request.hook.js';
import { RequestContext } from './request-context.part.js';
import { RequestForm } from './request-form.part.js';
import { RequestOutcome } from './request-outcome.part.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

/** One request: who wants what, why, since when, and the answer; afterwards the outcome, where it stood. */
export function RequestCard({ request: known, isListed }: SeenRequest) {
  const request = usePresentRequest(known, isListed);
  const [isOwn, setIsOwn] = useState(false);
  const card = useRowFocus<HTMLLIElement>();
  const { now } = useWording();
  const isOpen = request.state === 'pending';
  const isOver = request.state === 'expired' || (isOpen && Date.parse(request.expires_at) <= now);
  const answered = () => {
    setIsOwn(true);
    focusNextRow(card.current);
  };
  return (
    <li ref={card} {...ROW} className={styles.card}>
      <RequestHead request={request} />
      {(isOpen || isOver) && <RequestContext request={request} />}
      {isOver ? (
        <ExpiredForm request={request} />
      ) : isOpen ? (
        <RequestForm request={request} onAnswered={answered} />
      ) : (
        <RequestOutcome request={request} isElsewhere={!isOwn} />
      )}
      <Technical pairs={technicalOf(request)} />
    </li>
  );
}

/** One that was answered before. */
export function AnsweredCard({ request }: { readonly request: RequestView }) {
  return (
    <li {...ROW} className={styles.card}>
      <RequestHead request={request} />
      {request.state === 'expired' ? (
        <Expired at={request.expires_at} />
      ) : (
        <RequestOutcome request={request} isElsewhere={false} />
      )}
      <Technical pairs={technicalOf(request)} />
    </li>
  );
}

function Expired({ at }: { readonly at: string }) {
  const { outcome } = useMessages(REQUESTS);
  return (
    <p className={styles.less}>
      <Words of={fillParts(outcome.expired, past(at, useWording()))} />
    </p>
  );
}

function RequestHead({ request }: { readonly request: RequestView }) {
  const texts = useMessages(REQUESTS);
  const reader = useWording();
  const isOpen = request.state === 'pending' && Date.parse(request.expires_at) > reader.now;
  const resources = request.asked.map(({ resource }) => resource);
  const services = [...new Set(resources.map(({ service }) => service.name))].map((name) => ({ name }));
  const sentence = isOpen ? requestSentence : pastRequestSentence;
  return (
    <div className={styles.head}>
      <h2 {...ROW_HEADING} className={styles.heading}>
        <Words of={sentence(request, reader)} />
      </h2>
      <p className={styles.about}>
        <Words of={place(resources, resources.length, reader.language)} /> ·{' '}
        <Words of={place(services, services.length, reader.language)} /> ·{' '}
        <Words of={fillParts(texts.asked, past(request.asked_at, reader))} />
        {isOpen && (
          <>
            {' · '}
            <Words of={fillParts(texts.waitsUntil, end(request.expires_at, reader))} />
          </>
        )}
      </p>
      {request.why !== undefined && (
        <blockquote className={styles.why}>
          <span className="unseen">{texts.reasonGiven}: </span>
          <bdi>{request.why}</bdi>
        </blockquote>
      )}
    </div>
  );
}

function technicalOf({ id, who, through, asked }: RequestView): Record<string, string> {
  return {
    request_id: id,
    subject: who.id,
    client: through.id,
    ...Object.fromEntries(
      asked.map(({ resource, scopes }) => [`resource ${resource.id}`, scopes.map(({ scope }) => scope).join(' ')]),
    ),
  };
}
