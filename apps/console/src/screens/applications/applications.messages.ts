import type { Catalogue } from '../../language/language.js';

interface ApplicationsMessages {
  readonly title: string;
}

export const APPLICATIONS: Catalogue<ApplicationsMessages> = {
  en: { title: 'Applications' },
  de: { title: 'Anwendungen' },
};
