import type { Catalogue } from '../../language/language.js';

interface AccessMessages {
  readonly title: string;
}

export const ACCESS: Catalogue<AccessMessages> = {
  en: { title: 'Who has access' },
  de: { title: 'Wer Zugriff hat' },
};
