import type { Catalogue } from '../language/language.js';

interface OperatorMessages {
  readonly wording: string;
  readonly jobs: string;
  readonly home: string;
}

export const OPERATOR: Catalogue<OperatorMessages> = {
  en: { wording: 'Servers and wording', jobs: 'Tokens and jobs', home: 'To the first screen' },
  de: { wording: 'Server und Wortlaut', jobs: 'Tokens und Aufgaben', home: 'Zur ersten Seite' },
};
