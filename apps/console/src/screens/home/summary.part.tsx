import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SummaryView } from '@valetkey/owner-contract';
import { fillParts, past } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Notice, Row } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Words } from '../../parts/words.part.js';
import { HOME } from './home.messages.js';

/** Who waits for her answer. */
export function SummaryPart({ summary }: { readonly summary: UseQueryResult<SummaryView> }) {
  const texts = useMessages(HOME);
  const reader = useWording();
  if (summary.error)
    return <ErrorBox error={summary.error} what={texts.summaryFailed} onRetry={() => void summary.refetch()} />;
  const { waiting = 0, oldest_at: oldest } = summary.data?.requests ?? {};
  if (waiting === 0) return null;
  return (
    <Notice tone="note">
      <Row>
        <p>
          {texts.waiting(waiting)}
          {oldest === undefined ? '.' : <Words of={fillParts(texts.oldest, past(oldest, reader))} />}
        </p>
        <Link to="/requests" className={buttonClass()}>
          {texts.review}
        </Link>
      </Row>
    </Notice>
  );
}
