import type { Catalogue } from '../language/language.js';

interface OperatorMessages {
  readonly clients: string;
  readonly wording: string;
  readonly jobs: string;
  readonly home: string;
}

export const OPERATOR: Catalogue<OperatorMessages> = {
  en: { clients: 'Clients', wording: 'Servers and wording', jobs: 'Tokens and jobs', home: 'To the first screen' },
  de: { clients: 'Clients', wording: 'Server und Wortlaut', jobs: 'Tokens und Aufgaben', home: 'Zur ersten Seite' },
};
