const LONGEST = 40;

/** What kind of thing a service calls it, in a word or two; `undefined` where that is nothing that people read. */
export function kindText(type: string | undefined): string | undefined {
  // Services may name kinds by addresses: the last piece of one is the word.
  const word = type
    ?.replace(/^[a-z]+:\/\/[^/]*/i, '')
    .split(/[/#:?]/)
    .filter((piece) => piece !== '')
    .at(-1);
  const text = word?.replace(/[-_.+\s]+/g, ' ').trim();
  if (text === undefined || !/^[\p{L}\p{N} ]+$/u.test(text) || text.length > LONGEST) return undefined;
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
