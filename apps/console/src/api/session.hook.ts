import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { SessionView } from '@valetkey/owner-contract';
import { deviceZone } from '../language/device-zone.js';
import { readerLanguage } from '../language/reader-language.js';
import { read, setLanguage, setSession } from './api-client.js';
import { queryString } from './query-string.js';

/** Who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await read<SessionView>(`session${queryString({ zone: deviceZone() })}`, signal);
    setSession(session);
    setLanguage(readerLanguage(session.settings.language));
    return session;
  },
  staleTime: 300_000,
});

/** Who is signed in; only below the shell, which waits for it. */
export function useSession(): SessionView {
  return useSuspenseQuery(sessionQuery).data;
}
