import { de } from './de.js';
import { en } from './en.js';
import type { Locale, Messages } from './messages.js';

const LANGUAGES: Readonly<Record<Locale, Messages>> = { en, de };
const ALL: readonly Locale[] = ['en', 'de'];
/** More than any browser sends; what follows is not looked at. */
const MOST_TAGS = 20;

/** The texts in the best language that there is, English when there is none. @see messagesAmong */
export function messagesFor(...wanted: readonly (string | readonly string[] | null | undefined)[]): Messages {
  return messagesAmong(ALL, ...wanted);
}

/**
 * The texts in the best of some languages, in the first of them when none is wanted.
 * @param spoken - languages that the operator lets people be spoken to in
 * @param wanted - in order of precedence: the request's `ui_locales`, the person's own locale, the Accept-Language header; each
 * a header, a list separated by blanks, a list or nothing. The first of them that names a language we speak decides.
 */
export function messagesAmong(
  spoken: readonly Locale[],
  ...wanted: readonly (string | readonly string[] | null | undefined)[]
): Messages {
  for (const wish of wanted) {
    const locale = tagsOf(wish)
      .map(localeOf)
      .find((found) => found !== undefined && spoken.includes(found));
    if (locale) return LANGUAGES[locale];
  }
  return LANGUAGES[spoken[0] ?? 'en'];
}

function tagsOf(wish: string | readonly string[] | null | undefined): readonly string[] {
  if (wish === undefined || wish === null) return [];
  if (typeof wish !== 'string') return wish.slice(0, MOST_TAGS);
  const parts = wish.slice(0, 1000).split(/[\s,]+(?=[a-zA-Z*])/, MOST_TAGS);
  return parts
    .map((part) => ({ tag: part.split(';')[0]?.trim() ?? '', quality: qualityOf(part) }))
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}

/** The weight of RFC 9110 section 12.5.4, 1 when there is none or it is unreadable. */
function qualityOf(part: string): number {
  const found = /;\s*q=([01](?:\.\d{0,3})?)/i.exec(part)?.[1];
  return found === undefined ? 1 : Number(found);
}

function localeOf(tag: string): Locale | undefined {
  const language = tag.toLowerCase().split('-')[0];
  return language === 'en' || language === 'de' ? language : undefined;
}
