import type { Catalogue } from '../language/language.js';

interface OperatorMessages {
  readonly jobs: string;
  readonly home: string;
}

export const OPERATOR: Catalogue<OperatorMessages> = {
  en: { jobs: 'Tokens and jobs', home: 'To the first screen' },
  de: { jobs: 'Tokens und Aufgaben', home: 'Zur ersten Seite' },
};
