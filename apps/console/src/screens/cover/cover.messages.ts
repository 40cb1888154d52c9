import type { Catalogue } from '../../language/language.js';

interface CoverMessages {
  readonly title: string;
}

export const COVER: Catalogue<CoverMessages> = {
  en: { title: 'Cover for me' },
  de: { title: 'Vertretung' },
};
