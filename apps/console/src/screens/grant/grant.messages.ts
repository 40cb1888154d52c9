import type { Catalogue } from '../../language/language.js';

interface GrantMessages {
  readonly title: string;
}

export const GRANT: Catalogue<GrantMessages> = {
  en: { title: 'Access' },
  de: { title: 'Zugriff' },
};
