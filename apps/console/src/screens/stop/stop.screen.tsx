import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RevocationResult, StopDraft, StopPreview } from '@valetkey/owner-contract';
import { useState } from 'react';
import { read } from '../../api/api-client.js';
import { useChange } from '../../api/change.hook.js';
import { queryString } from '../../api/query-string.js';
import { useMessages } from '../../language/language.hook.js';
import { Loaded } from '../../parts/loaded.part.js';
import { withdrawToasts } from '../../shell/toast-queue.js';
import { Screen } from '../../shell/screen.part.js';
import { StopForm } from './stop-form.part.js';
import { StopResult } from './stop-result.part.js';
import { STOP } from './stop.messages.js';

const route = getRouteApi('/stop');

/** O13: ends all access, of everybody or of one of them. */
export function StopScreen() {
  const texts = useMessages(STOP);
  const client = useQueryClient();
  const { subject } = route.useSearch();
  const [signOut, setSignOut] = useState(false);
  const preview = useQuery({
    queryKey: ['stop', subject],
    queryFn: ({ signal }) => read<StopPreview>(`stop${queryString({ subject })}`, signal),
  });
  const stop = useChange<StopDraft, RevocationResult>((body) => ({ method: 'POST', path: 'stop', body }), {
    // Signed out everywhere: to read again would lead away from what came of it.
    onDone: (_, { sign_out: isOver }) => {
      withdrawToasts();
      return isOver ? undefined : client.invalidateQueries();
    },
  });
  const { data: result, variables } = stop;
  return (
    <Screen title={texts.title} lead={texts.lead}>
      {result ? (
        <StopResult result={result} isSignedOut={variables?.sign_out === true} left={preview.data} />
      ) : (
        <Loaded query={preview} what={texts.failed} rows={1}>
          {(counts) => (
            <StopForm
              counts={counts}
              signOut={signOut}
              onSignOut={setSignOut}
              busy={stop.isPending}
              error={stop.error}
              onStop={() => stop.press({ ...(subject !== undefined && { subject }), sign_out: signOut })}
            />
          )}
        </Loaded>
      )}
    </Screen>
  );
}
