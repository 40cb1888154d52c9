import type { WordingFault } from '@valetkey/wording';
import { useMessages, useReader } from '../../../language/language.hook.js';
import { languageName } from './language-name.js';
import type { Member } from './wording-form.js';
import { fieldId } from './wording-form.js';
import { WORDING_EDIT } from './edit.messages.js';

/** What owners must not read, in a sentence. */
export function useFaultText(): (fault: WordingFault) => string {
  const texts = useMessages(WORDING_EDIT);
  return (fault) => (fault.kind === 'too_many_words' ? texts.long(fault.words) : texts.jargon(fault.word));
}

/** Field -> what is wrong with it, in a sentence. */
export function useProblems(
  lacking: readonly string[],
  unfit: Readonly<Record<string, WordingFault>>,
): Readonly<Record<string, string>> {
  const texts = useMessages(WORDING_EDIT);
  const { language } = useReader();
  const textOf = useFaultText();
  const sentence = (name: string) => {
    const [member = '', tag = ''] = name.split('#');
    if (tag === '') return texts.missingLevel;
    return texts.missing(texts.members[member as Member], languageName(tag, language));
  };
  return Object.fromEntries([
    ...Object.entries(unfit).map(([name, fault]) => [fieldId(name), textOf(fault)] as const),
    ...lacking.map((name) => [fieldId(name), sentence(name)] as const),
  ]);
}
