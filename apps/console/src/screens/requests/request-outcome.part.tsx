import { Link } from '@tanstack/react-router';
import type { RequestView } from '@valetkey/owner-contract';
import { accessSentence, fillParts, future, past, plainName } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice } from '../../parts/card.part.js';
import { Words } from '../../parts/words.part.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { useUndo } from './answers.hook.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

interface RequestOutcomeProps {
  readonly request: RequestView;
  /** Somebody else's answer, or hers in another window, came while this card was open. */
  readonly isElsewhere: boolean;
}

/** What became of a request, and the way back while there is one. */
export function RequestOutcome({ request, isElsewhere }: RequestOutcomeProps) {
  const texts = useMessages(REQUESTS);
  return (
    <div className={styles.form}>
      {isElsewhere && (
        <p role="status" className={styles.less}>
          {texts.elsewhere}
        </p>
      )}
      {request.state === 'approved' ? <Approved request={request} /> : <Denied request={request} />}
    </div>
  );
}

function Approved({ request }: { readonly request: RequestView }) {
  const texts = useMessages(REQUESTS);
  const reader = useWording();
  const { approved, approvedAndOver } = texts.outcome;
  const { decided_at: decided = request.asked_at } = request;
  const all = request.given ?? [];
  const given = all.filter(({ state }) => state !== 'ended');
  return (
    <Notice tone="good">
      <p className={styles.outcome}>
        <Words of={fillParts(given.length > 0 ? approved : approvedAndOver, past(decided, reader))} />
      </p>
      {all.map((row) => (
        <p key={row.id}>
          <Words of={accessSentence(row, reader)} />{' '}
          <Link to="/access/$id" params={{ id: row.id }} className={styles.link}>
            {texts.seeAccess}
          </Link>
        </p>
      ))}
      {given.length > 0 && <Undo request={request} />}
    </Notice>
  );
}

function Denied({ request }: { readonly request: RequestView }) {
  const { outcome } = useMessages(REQUESTS);
  const reader = useWording();
  const { reason, muted_until: muted, decided_at: decided = request.asked_at } = request;
  return (
    <Notice>
      <p className={styles.outcome}>
        <Words of={fillParts(outcome.denied, past(decided, reader))} />
      </p>
      {reason !== undefined && (
        <p>
          {outcome.reason}: <q className={styles.quote}>{reason}</q>
        </p>
      )}
      {muted !== undefined && (
        <p>
          <Words of={fillParts(outcome.muted, future(muted, reader))} />
        </p>
      )}
      {Date.parse(request.expires_at) > reader.now && <Undo request={request} />}
    </Notice>
  );
}

function Undo({ request }: { readonly request: RequestView }) {
  const texts = useMessages(REQUESTS);
  const { about } = useMessages(SHARING);
  const undo = useUndo();
  return (
    <Button onClick={() => undo(request)}>
      {texts.undo}
      <span className="unseen">{about(plainName(request.who.name))}</span>
    </Button>
  );
}
