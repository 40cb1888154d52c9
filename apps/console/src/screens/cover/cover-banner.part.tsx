import type { HandoverView } from '@valetkey/owner-contract';
import { coverLine, startsText } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice, Row, Stack } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Words } from '../../parts/words.part.js';
import { COVER } from './cover.messages.js';
import { useEndHandover, useHandovers } from './handovers.hook.js';

/** On the home page and on top of this screen: who covers for her, with the one press that ends it. Nothing where nobody does. */
export function CoverBanner() {
  const { data = [] } = useHandovers();
  if (data.length === 0) return null;
  return (
    <Stack gap="tight">
      {data.map((handover) => (
        <Cover key={handover.id} handover={handover} />
      ))}
    </Stack>
  );
}

function Cover({ handover }: { readonly handover: HandoverView }) {
  const texts = useMessages(COVER).present;
  const reader = useWording();
  const end = useEndHandover();
  const { state, from } = handover;
  return (
    <Notice tone="note">
      <Row>
        <p>
          <Words of={coverLine(handover, reader)} />
          {state === 'starting' && from !== undefined && (
            <>
              {' ('}
              <Words of={startsText(from, reader)} />
              {')'}
            </>
          )}
        </p>
        <Button busy={end.isPending} onClick={() => end.press(handover)}>
          {state === 'starting' ? texts.callOff : texts.end}
        </Button>
      </Row>
      {end.error && <ErrorBox error={end.error} what={texts.endFailed} ofChange />}
    </Notice>
  );
}
