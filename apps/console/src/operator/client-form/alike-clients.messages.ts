import type { Catalogue } from '../../language/language.js';

interface AlikeMessages {
  readonly lead: string;
}

export const ALIKE: Catalogue<AlikeMessages> = {
  en: { lead: 'People cannot tell it by its name from:' },
  de: { lead: 'Am Namen können Menschen ihn nicht unterscheiden von:' },
};
