import type { Catalogue } from '../../language/language.js';

interface ApplicationMessages {
  readonly title: string;
}

export const APPLICATION: Catalogue<ApplicationMessages> = {
  en: { title: 'Give access' },
  de: { title: 'Zugriff geben' },
};
