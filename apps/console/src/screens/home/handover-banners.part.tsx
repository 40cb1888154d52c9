import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { HandoverView, ListAnswer, RevocationResult } from '@valetkey/owner-contract';
import { coverLine, startsText } from '@valetkey/wording';
import { read } from '../../api/api-client.js';
import { useChange } from '../../api/change.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice, Row } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Words } from '../../parts/words.part.js';
import { toast } from '../../shell/toasts.part.js';
import { HOME } from './home.messages.js';

/** Who covers for her, or will, and the way back: one press. */
export function HandoverBanners() {
  const texts = useMessages(HOME);
  const handovers = useQuery({
    queryKey: ['handovers'],
    queryFn: ({ signal }) => read<ListAnswer<HandoverView>>('handovers', signal),
  });
  if (handovers.error)
    return <ErrorBox error={handovers.error} what={texts.handoversFailed} onRetry={() => void handovers.refetch()} />;
  return handovers.data?.items
    .filter(({ state }) => state !== 'ended')
    .map((one) => <HandoverBanner key={one.id} handover={one} />);
}

function HandoverBanner({ handover }: { readonly handover: HandoverView }) {
  const texts = useMessages(HOME);
  const reader = useWording();
  const client = useQueryClient();
  const end = useChange<void, RevocationResult>(
    () => ({ method: 'DELETE', path: `handovers/${encodeURIComponent(handover.id)}` }),
    {
      onDone: () => {
        for (const path of ['handovers', 'resources', 'access', 'summary', 'activity'])
          void client.invalidateQueries({ queryKey: [path] });
        toast(texts.coverEnded(handover.subject.name));
        document.querySelector<HTMLElement>('#content h1')?.focus();
      },
    },
  );
  return (
    <Notice tone="note">
      <Row>
        <p>
          <Words of={coverLine(handover, reader)} />
          {handover.state === 'starting' && handover.from !== undefined && (
            <>
              {' '}
              (<Words of={startsText(handover.from, reader)} />)
            </>
          )}
        </p>
        <Button busy={end.isPending} onClick={() => end.press()}>
          {texts.endCover}
        </Button>
      </Row>
      {end.error && <ErrorBox error={end.error} ofChange what={texts.coverNotEnded} />}
    </Notice>
  );
}
