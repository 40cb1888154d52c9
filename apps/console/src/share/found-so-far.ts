import type { DirectoryAnswer, SubjectView } from '@valetkey/owner-contract';

/**
 * Of what was found for other words, what the present words would find, too: until the answer to them is there, nobody is offered who
 * does not match, so that Enter never chooses somebody else.
 */
export function foundSoFar(answer: DirectoryAnswer, typed: string): DirectoryAnswer {
  const words = wordsOf(typed);
  const matches = ({ name, organisation = '' }: SubjectView) => {
    const known = wordsOf(`${name} ${organisation}`);
    return words.every((word) => known.some((one) => one.startsWith(word)));
  };
  return {
    people: answer.people.filter(matches),
    applications: answer.applications.filter(matches),
    more: answer.more,
  };
}

function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
