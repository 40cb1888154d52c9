import type { Language } from '../../../language/language.js';

/** "German", in the reader's language; the tag itself where nobody knows its name. */
export function languageName(tag: string, reader: Language): string {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
