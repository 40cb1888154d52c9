import { inOneLine } from '@valetkey/shown-text';
import type { ResourceName, ScopeView } from '@valetkey/owner-contract';
import { messagesOf } from '../messages/messages-of.js';
import { fillParts, listParts } from '../parts/fill.js';
import type { Part, Parts } from '../parts/part.js';
import { nameText, plain } from '../parts/part.js';
import type { Language } from '../reader.js';
import { LANGUAGES, localeOf } from '../reader.js';

/** Names of resources in one sentence; the rest is a number. */
const MOST_NAMES = 3;
/** What makes a phrase a list, in words of any language of the console. */
const LIST = /,|\s(?:and|und)\s/u;

/** What a sentence needs of a scope. */
export type Deed = Pick<ScopeView, 'verb' | 'object' | 'lang' | 'published'>;

/** Verbs with one object, in words of one language. */
interface Group {
  readonly object: string;
  readonly lang: string | undefined;
  readonly verbs: string[];
}

/**
 * What scopes allow, to stand behind "can": "see and approve purchase requests, and change approval limits". Scopes with one object are
 * joined; those that nobody has described yet are said to be so.
 */
export function deed(scopes: readonly Deed[], language: Language): Parts {
  const { deeds } = messagesOf(language);
  if (scopes.length === 0) return [plain(deeds.nothing)];
  const groups = groupsOf(scopes, language);
  const phrases = groups.map((group) => phraseOf(group, language));
  if (phrases.some(({ text }) => LIST.test(text))) return apart(phrases, deeds.last);
  return listParts(
    phrases.map((phrase) => [phrase]),
    localeOf(language),
  );
}

/** Phrases that are lists themselves: what parts them is not what stands within them. */
function apart(phrases: readonly Part[], last: string): Parts {
  const parting = (index: number) => (index === phrases.length - 1 ? last : ', ');
  return phrases.flatMap((phrase, index) => (index === 0 ? [phrase] : [plain(parting(index)), phrase]));
}

/** One scope by itself, as a line of a list: "See purchase requests". */
export function deedLine(scope: Deed, language: Language): Part {
  const part = phraseOf(groupsOf([scope], language)[0] as Group, language);
  const [first = '', ...rest] = part.text;
  return { ...part, text: first.toLocaleUpperCase(localeOf(language)) + rest.join('') };
}

function groupsOf(scopes: readonly Deed[], language: Language): Group[] {
  const { undescribed } = messagesOf(language).deeds;
  const groups: Group[] = [];
  for (const scope of scopes) {
    const isKnown = scope.published && scope.verb !== '' && scope.object !== '';
    const { verb, object } = isKnown ? scope : undescribed;
    const lang = isKnown ? scope.lang : undefined;
    const same = groups.find((group) => group.object === object && group.lang === lang);
    if (!same) groups.push({ object, lang, verbs: [verb] });
    else if (!same.verbs.includes(verb)) same.verbs.push(verb);
  }
  return groups;
}

/** In the order of its own language: words of another are put together as that one does. */
function phraseOf({ object, lang, verbs }: Group, reader: Language): Part {
  const own = LANGUAGES.find((language) => language === lang?.split('-')[0]) ?? (lang === undefined ? reader : 'en');
  const joined = new Intl.ListFormat(lang === undefined ? localeOf(own) : lang).format(verbs);
  const text = inOneLine(messagesOf(own).deeds.phrase(joined, object));
  return { kind: 'words', text, ...(lang !== undefined && { lang }) };
}

/** Names of resources: "Album, Diary, Payroll and 4 more". Nothing when there are none. */
export function place(resources: readonly Pick<ResourceName, 'name'>[], count: number, language: Language): Parts {
  const { deeds } = messagesOf(language);
  const all = Math.max(count, resources.length);
  if (all === 0) return [];
  if (resources.length === 0) return [plain(deeds.many(all))];
  const shown = all > MOST_NAMES + 1 ? resources.slice(0, MOST_NAMES) : resources;
  const names: Parts[] = shown.map(({ name }) => [nameText(name)]);
  const more = all - shown.length;
  return listParts(more > 0 ? [...names, [plain(deeds.more(more))]] : names, localeOf(language));
}

/** A sentence with its end. */
export function closed(sentence: Parts): Parts {
  return fillParts((text: string) => `${text}.`, sentence);
}
