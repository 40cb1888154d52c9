import { foldText } from '@valetkey/kernel';
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
