import { foldText, likenessesOf } from '@valetkey/kernel';
import type { Client } from './client.js';

const LONGEST_TEXT = 2000;
const LONGEST_NAME = 60;

/** What operators find a client by: name, publisher and id, folded. */
export function searchTextOf({ id, name, publisher }: Pick<Client, 'id' | 'name' | 'publisher'>): string {
  return cut(foldText([name, publisher ?? '', id].join('\n')), LONGEST_TEXT);
}

/** What a client is ordered by among others: folded, cut. */
export function sortNameOf({ name }: Pick<Client, 'name'>): string {
  return cut(foldText(name), LONGEST_NAME);
}

/** Never in the middle of a character. */
function cut(text: string, longest: number): string {
  return [...text].slice(0, longest).join('');
}

/** What people take a name for, as the values of a statement; `undefined` for a name of signs alone, which is taken for no other. */
export function likenessValues(name: string): readonly [string, string, string] | undefined {
  const [first, second = first, third = first] = likenessesOf(name);
  return first === undefined || second === undefined || third === undefined ? undefined : [first, second, third];
}
