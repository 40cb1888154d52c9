import type { Catalogue } from '../../language/language.js';

interface StopMessages {
  readonly title: string;
}

export const STOP: Catalogue<StopMessages> = {
  en: { title: 'Stop everything' },
  de: { title: 'Alles beenden' },
};
