import { foldText } from '@valetkey/kernel';
import type { Resource } from './resource.js';

const LONGEST_TEXT = 2000;
const LONGEST_NAME = 60;
const TEXT_MEMBERS = /^(name|description)(#|$)/;

/** What a resource is found by, in every language that its description is in: folded, cut. */
export function searchTextOf({ description }: Pick<Resource, 'description'>): string {
  const texts = Object.entries(description).filter(
    ([name, text]) => TEXT_MEMBERS.test(name) && typeof text === 'string',
  );
  return cut(foldText(texts.map(([, text]) => text).join('\n')), LONGEST_TEXT);
}

/** What a resource is ordered by among others: folded, cut; empty where it has no name. */
export function sortNameOf({ name }: Pick<Resource, 'name'>): string {
  return cut(foldText(name ?? ''), LONGEST_NAME);
}

/** Never in the middle of a character. */
function cut(text: string, longest: number): string {
  return [...text].slice(0, longest).join('');
}
