/** Characters that turn the direction of what follows: with them, a name could dress up as another (CVE-2021-42574). */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** What ends a line or is half a character. */
const BREAKING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu;
const ISOLATES = /[\u2066-\u2069]/gu;

/** Text of others without what reorders its surroundings (FedAuthz section 7); its lines stay. Pure. */
export function withoutTurning(text: string): string {
  return text.replace(TURNING, '');
}

/** Text of others in one line that can stand anywhere: nothing turns, and each run of controls and breaks is one space. Pure. */
export function inOneLine(text: string): string {
  return withoutTurning(text).replace(BREAKING, ' ');
}

/** A name within plain text: in one line, and in its own direction whatever surrounds it. Pure. */
export function isolated(text: string): string {
  return `\u2068${inOneLine(text)}\u2069`;
}

/** Text of ours for a document's title: what isolates names in it would be a stray sign in a title bar, a tab or a bookmark. Pure. */
export function inTitle(text: string): string {
  return text.replace(ISOLATES, '');
}
