import type { Catalogue } from '../../language/language.js';

interface SharedWithMeMessages {
  readonly title: string;
}

export const SHARED_WITH_ME: Catalogue<SharedWithMeMessages> = {
  en: { title: 'Shared with me' },
  de: { title: 'Mit mir geteilt' },
};
