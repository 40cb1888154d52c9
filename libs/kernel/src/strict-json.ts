const DEEPEST = 32;

/**
 * Reads JSON that has one reading only. `JSON.parse` takes the last of two members with one name where another reader takes
 * the first (RFC 8259 section 4), so that what a proxy or an auditor saw is not what is done.
 * @throws SyntaxError for broken JSON, a member that an object names twice at any level, and more than 32 levels
 */
export function parseStrictJson(text: string): unknown {
  // Levels first: nothing recursive sees the text before.
  const named = countNames(text);
  const value: unknown = JSON.parse(text);
  // Counted, not compared: an escape spells the same name differently, and a name that came again is there once.
  if (countMembers(value) !== named) throw new SyntaxError('a member is named twice');
  return value;
}

/** Colons outside strings: as many as members are named. One pass, whatever the text is. */
function countNames(text: string): number {
  let names = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at + 1);
    else if (character === ':') names += 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > DEEPEST) throw new SyntaxError('too many levels');
  }
  return names;
}

/** @returns the place of the closing quote; the length of a text whose string does not end */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return text.length;
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members: unknown[] = Object.values(value);
  return members.reduce<number>(
    (count, member) => count + countMembers(member),
    Array.isArray(value) ? 0 : members.length,
  );
}
