import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '@valetkey/owner-contract';
import type { ReactNode } from 'react';
import { sessionQuery } from '../api/session.hook.js';
import { ReaderProvider } from '../language/language.hook.js';
import { readerLanguage } from '../language/reader-language.js';

interface GateProps {
  /** Shown while it is not known yet who is there, with what has failed. */
  readonly waiting: (error: Error | null, retry: () => void) => ReactNode;
  readonly children: ReactNode;
}

/** Finds out who is there, in which language and zone she reads; below it `useSession` knows. */
export function Gate({ waiting, children }: GateProps) {
  const { data, error, refetch } = useQuery(sessionQuery);
  return <ReaderProvider {...readerOf(data)}>{data ? children : waiting(error, () => void refetch())}</ReaderProvider>;
}

function readerOf(session: SessionView | undefined) {
  const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    language: readerLanguage(session?.settings.language),
    timeZone: session?.settings.time_zone ?? browserZone,
  };
}
