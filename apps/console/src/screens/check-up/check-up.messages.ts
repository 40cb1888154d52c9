import type { Catalogue } from '../../language/language.js';

interface CheckUpMessages {
  readonly title: string;
}

export const CHECK_UP: Catalogue<CheckUpMessages> = {
  en: { title: 'Check-up' },
  de: { title: 'Durchsicht' },
};
