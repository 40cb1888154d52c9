import type { Language } from './language.js';
import { languageOf } from './language.js';

/** In which language she reads: her own choice, the document's, or what her browser prefers. */
export function readerLanguage(choice: string | null | undefined): Language {
  return languageOf(choice, document.documentElement.lang, ...navigator.languages);
}
