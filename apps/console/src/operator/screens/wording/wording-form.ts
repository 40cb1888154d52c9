import type { Wording, WordingRow } from '@valetkey/operator-contract';
import { wordingFaults, type WordingFault } from '@valetkey/wording';

export const MEMBERS = ['verb', 'object', 'consequence', 'without'] as const;
export type Member = (typeof MEMBERS)[number];
export const LEVELS = ['see', 'change', 'act', 'share'] as const;
export type Level = (typeof LEVELS)[number];

type Cells = Readonly<Record<Member, string>>;

/** The wording of one scope as it is being written. */
export interface WordingForm {
  readonly level: Level | '';
  readonly texts: Readonly<Record<string, Cells>>;
  /** Of what it began with: a change of anybody else in between is noticed by it. */
  readonly version: string;
}

const EMPTY: Cells = { verb: '', object: '', consequence: '', without: '' };

/** A form begins with what is being written, else with the words in force. */
export function formOf({ draft, words, version }: WordingRow, languages: readonly string[]): WordingForm {
  const { level = '', texts } = draft ?? words;
  const all = [...new Set([...languages, ...Object.keys(texts)])];
  return { level, version, texts: Object.fromEntries(all.map((one) => [one, { ...EMPTY, ...texts[one] }])) };
}

export function wordsOf({ level, texts }: WordingForm): Wording {
  return { ...(level !== '' && { level }), texts };
}

export function cellOf({ texts }: WordingForm, language: string, member: Member): string {
  return texts[language]?.[member] ?? '';
}

export function withCell(form: WordingForm, language: string, member: Member, value: string): WordingForm {
  const cells = { ...EMPTY, ...form.texts[language], [member]: value };
  return { ...form, texts: { ...form.texts, [language]: cells } };
}

/** What keeps it from being published, by names as the server has them: `level`, `verb#de`. */
export function lackingOf(form: WordingForm, languages: readonly string[]): string[] {
  const cells = languages.flatMap((language) =>
    (['verb', 'object'] as const)
      .filter((member) => cellOf(form, language, member).trim() === '')
      .map((member) => `${member}#${language}`),
  );
  return form.level === '' ? ['level', ...cells] : cells;
}

/** What owners must not read, by the same names; as the server refuses it. */
export function unfitOf({ texts }: WordingForm): Readonly<Record<string, WordingFault>> {
  const found = Object.entries(texts).flatMap(([language, cells]) =>
    wordingFaults(cells, language).map((fault) => [`${fault.member}#${language}`, fault] as const),
  );
  return Object.fromEntries(found.reverse());
}

/** Whether two say the same, whatever version they began with. */
export function isSame(one: WordingForm, other: WordingForm): boolean {
  return differencesOf(one, other).length === 0;
}

/** Names of what they do not say alike: `level`, `verb#de`. */
export function differencesOf(one: WordingForm, other: WordingForm): string[] {
  const languages = [...new Set([...Object.keys(one.texts), ...Object.keys(other.texts)])];
  const cells = languages.flatMap((language) =>
    MEMBERS.filter((member) => cellOf(one, language, member) !== cellOf(other, language, member)).map(
      (member) => `${member}#${language}`,
    ),
  );
  return one.level === other.level ? cells : ['level', ...cells];
}

/** Id of the field of a name such as `level` or `verb#de`: a summary of problems leads to it. */
export function fieldId(name: string): string {
  return `word-${name.replace('#', '-')}`;
}
