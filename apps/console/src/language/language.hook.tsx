import type { ReactNode } from 'react';
import { createContext, useContext, useEffect } from 'react';
import type { Catalogue, Language } from './language.js';

interface Reader {
  readonly language: Language;
  /** IANA name; her own, or the browser's. */
  readonly timeZone: string;
}

const ReaderContext = createContext<Reader | undefined>(undefined);

/** In which language and zone everything below is written. */
export function ReaderProvider({ language, timeZone, children }: Reader & { readonly children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <ReaderContext value={{ language, timeZone }}>{children}</ReaderContext>;
}

export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (!reader) throw new Error('texts are shown below ReaderProvider only');
  return reader;
}

/** The texts of a namespace, in the reader's language. */
export function useMessages<Texts>(catalogue: Catalogue<Texts>): Texts {
  return catalogue[useReader().language];
}
