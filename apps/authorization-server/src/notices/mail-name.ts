const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const BREAKING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu;
const LONGEST = 100;

/**
 * A name that others chose, for a message of plain text: in one line, not too long, and nothing that a mail program would turn into
 * a link (attack class 149).
 */
export function mailName(text: string, longest = LONGEST): string {
  const line = text.normalize('NFC').replace(TURNING, '').replace(BREAKING, ' ');
  const unlinked = line.replaceAll('://', ' ').replace(/www\./giu, 'www ').replace(/[<>]/g, ' ');
  return [...unlinked.trim()].slice(0, longest).join('');
}
