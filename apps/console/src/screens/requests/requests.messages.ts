import type { Catalogue } from '../../language/language.js';

interface RequestsMessages {
  readonly title: string;
}

export const REQUESTS: Catalogue<RequestsMessages> = {
  en: { title: 'Requests waiting for you' },
  de: { title: 'Anfragen, die auf Sie warten' },
};
