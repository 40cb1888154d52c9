import type { HandoverView } from '@valetkey/owner-contract';
import { coverLine, startsText } from '@valetkey/wording';
import { useEffect } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice, Row } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Words } from '../../parts/words.part.js';
import { useEndHandover, useHandovers } from '../cover/handovers.hook.js';
import { HOME } from './home.messages.js';

/** Who covers for her, or will, and the way back: one press. */
export function HandoverBanners() {
  const texts = useMessages(HOME);
  const handovers = useHandovers();
  if (handovers.error)
    return <ErrorBox error={handovers.error} what={texts.handoversFailed} onRetry={() => void handovers.refetch()} />;
  return handovers.data?.map((one) => <HandoverBanner key={one.id} handover={one} />);
}

function HandoverBanner({ handover }: { readonly handover: HandoverView }) {
  const texts = useMessages(HOME);
  const reader = useWording();
  const end = useEndHandover();
  useFocusAfterwards();
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
        <Button busy={end.isPending} onClick={() => end.press(handover)}>
          {texts.endCover}
        </Button>
      </Row>
      {end.error && <ErrorBox error={end.error} ofChange what={texts.coverNotEnded} />}
    </Notice>
  );
}

/** The banner goes away with the button that had the focus: the screen's heading gets it. */
function useFocusAfterwards(): void {
  useEffect(
    () => () => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('#content h1')?.focus();
    },
    [],
  );
}
