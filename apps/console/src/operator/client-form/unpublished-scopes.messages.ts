import type { Catalogue } from '../../language/language.js';

interface UnpublishedMessages {
  readonly lead: string;
  readonly unknown: string;
  readonly unworded: string;
  readonly word: (scope: string) => string;
}

export const UNPUBLISHED: Catalogue<UnpublishedMessages> = {
  en: {
    lead: 'Nobody can allow these permissions:',
    unknown: 'is known to no resource server. Is it spelt right?',
    unworded: 'has no published words yet.',
    word: (scope) => `Words of ${scope}`,
  },
  de: {
    lead: 'Diese Erlaubnisse kann niemand geben:',
    unknown: 'kennt kein Resource-Server. Ist der Name richtig geschrieben?',
    unworded: 'hat noch keine veröffentlichten Worte.',
    word: (scope) => `Worte von ${scope}`,
  },
};
