import { shownLineOf, withoutTurning } from '@valetkey/shown-text';

const LONGEST = 100;

/**
 * A name that others chose, for a message of plain text: in one line, not too long, and nothing that a mail program would turn into
 * a link (attack class 149).
 */
export function mailName(text: string, longest = LONGEST): string {
  const line = shownLineOf(withoutTurning(text));
  const unlinked = line.replaceAll('://', ' ').replace(/www\./giu, 'www ').replace(/[<>]/g, ' ');
  return [...unlinked.trim()].slice(0, longest).join('');
}
