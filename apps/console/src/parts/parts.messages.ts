import type { Catalogue } from '../language/language.js';

interface PartMessages {
  readonly loading: string;
  readonly slow: string;
  readonly retry: string;
  readonly copied: string;
  readonly copyReference: string;
  reference(value: string): string;
  readonly failed: { readonly refused: string; readonly fault: string; readonly unreachable: string };
  /** What a failure means: of reading, or of a change. */
  readonly meaning: {
    readonly read: string;
    readonly changed: string;
    readonly unknown: string;
    readonly notFound: string;
    readonly notAllowed: string;
  };
  readonly clearFilters: string;
  readonly problems: string;
  readonly now: string;
}

export const PARTS: Catalogue<PartMessages> = {
  en: {
    loading: 'Loading',
    slow: 'This takes longer than usual.',
    retry: 'Try again',
    copied: 'Copied',
    copyReference: 'Copy reference',
    reference: (value) => `Reference ${value}`,
    failed: {
      refused: 'That did not work.',
      fault: 'Something went wrong at our side.',
      unreachable: 'No answer came. Is this device online?',
    },
    meaning: {
      read: 'It cannot be shown now.',
      changed: 'Nothing was changed.',
      unknown: 'It may have been done. Trying again does it once at most.',
      notFound: 'It is not there any more, or it never was.',
      notAllowed: 'This account may not do that.',
    },
    clearFilters: 'Clear filters',
    problems: 'Please check this',
    now: 'just now',
  },
  de: {
    loading: 'Wird geladen',
    slow: 'Das dauert länger als sonst.',
    retry: 'Noch einmal versuchen',
    copied: 'Kopiert',
    copyReference: 'Kennung kopieren',
    reference: (value) => `Kennung ${value}`,
    failed: {
      refused: 'Das ging nicht.',
      fault: 'Bei uns ist etwas schiefgegangen.',
      unreachable: 'Es kam keine Antwort. Ist dieses Gerät online?',
    },
    meaning: {
      read: 'Es kann jetzt nicht gezeigt werden.',
      changed: 'Es wurde nichts geändert.',
      unknown: 'Vielleicht ist es geschehen. Noch ein Versuch macht es höchstens einmal.',
      notFound: 'Es ist nicht mehr da, oder es gab es nie.',
      notAllowed: 'Dieses Konto darf das nicht.',
    },
    clearFilters: 'Filter aufheben',
    problems: 'Bitte prüfen Sie das',
    now: 'gerade eben',
  },
};
