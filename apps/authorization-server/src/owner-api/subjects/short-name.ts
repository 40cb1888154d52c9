/** What precedes a name and is none: "Dr. Anna Berg" is Anna. */
const TITLE = /\.$/;

/** The name for buttons: the first name of a person, or all of it where there is but one; "Berg, Anna" is Anna. */
export function shortNameOf(name: string): string {
  const [last = '', given] = name.split(',', 2);
  const words = (given?.trim() ? given : last).trim().split(/\s+/);
  return words.find((word) => word !== '' && !TITLE.test(word)) ?? name;
}
