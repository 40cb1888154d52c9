import type { Catalogue } from '../../language/language.js';

interface ActivityMessages {
  readonly title: string;
}

export const ACTIVITY: Catalogue<ActivityMessages> = {
  en: { title: 'Activity' },
  de: { title: 'Verlauf' },
};
