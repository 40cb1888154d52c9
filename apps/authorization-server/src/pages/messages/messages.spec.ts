import { de } from './de.js';
import { en } from './en.js';
import { messagesFor } from './messages-for.js';

type Told = readonly [path: string, text: string];

/** Every text, those with arguments filled in: strings by a marked name, numbers by 2. */
function texts(node: unknown, path = ''): readonly Told[] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') {
    const message = node as (...values: unknown[]) => string;
    const isCount = /count|least|people/i.test(message.toString().split('=>')[0] ?? '');
    return [[path, message(...Array.from({ length: message.length }, (_, index) => (isCount ? 2 : `{${index}}`)))]];
  }
  return Object.entries(node as object).flatMap(([key, child]) => texts(child, `${path}.${key}`));
}

const ENGLISH = new Map(texts(en));
const GERMAN = new Map(texts(de));
/** Words that are the same in both. */
const SAME = new Set(['.sessions.from', '.oneTimeCodes.code', '.account.passkeys']);
/** Vocabulary of the protocols (ux 6); whole words. */
const JARGON = /\b(read|write|admin|offline_access|scopes?|tokens?|grants?|RPT|claims?|UMA|OAuth|OpenID|OK|submit)\b/i;

describe('G17: the pages speak English and German alike', () => {
  it('has the same texts in both, and none is empty', () => {
    expect([...GERMAN.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
    expect([...ENGLISH, ...GERMAN].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('every text is translated', () => {
    const untouched = [...ENGLISH].filter(([path, text]) => GERMAN.get(path) === text && path !== '.locale');
    expect(untouched.map(([path]) => path).filter((path) => !SAME.has(path))).toEqual([]);
  });

  it('a translation names everything that the original names', () => {
    const slots = (text: string | undefined) => (text?.match(/\{\d\}/g) ?? []).sort().join();
    const different = [...ENGLISH].filter(([path, text]) => slots(text) !== slots(GERMAN.get(path)));
    expect(different.map(([path]) => path)).toEqual([]);
  });

  it('G16: no word of the protocols in any text', () => {
    expect([...ENGLISH, ...GERMAN].filter(([, text]) => JARGON.test(text))).toEqual([]);
  });
});

describe('OIDC Core 3.1.2.1 ui_locales: the language of a page', () => {
  it.each([
    [['de'], 'de'],
    [['de-AT,de;q=0.9,en;q=0.8'], 'de'],
    [['fr-FR,fr;q=0.9,en;q=0.8,de;q=0.7'], 'en'],
    [['en;q=0.5, de;q=0.9'], 'de'],
    [['de;q=0, en'], 'en'],
    [['fr de en', 'en'], 'de'],
    [[undefined, null, 'de-CH'], 'de'],
    [[['fr', 'de']], 'de'],
    [['fr', 'de'], 'de'],
    [[], 'en'],
    [['', '*'], 'en'],
    [['../../etc/passwd'], 'en'],
    [['__proto__'], 'en'],
    [[`${'x,'.repeat(10_000)}de`], 'en'],
  ])('%j is served in %s', (wanted, locale) => {
    expect(messagesFor(...wanted).locale).toBe(locale);
  });
});
