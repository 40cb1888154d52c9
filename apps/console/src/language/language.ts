/** Languages that the consoles speak. */
export type Language = 'en' | 'de';

/** The texts of one namespace, in every language: what is missing does not compile. */
export type Catalogue<Texts> = Readonly<Record<Language, Texts>>;

/** The first wish that we speak; English when there is none. */
export function languageOf(...wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const language = wish?.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'de') return language;
  }
  return 'en';
}
