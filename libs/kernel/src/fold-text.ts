/**
 * Text as it is searched and ordered: without case, accents and compatibility forms, each run of spaces one. Two spellings of one name
 * fold to the same; what was folded folds to itself.
 */
export function foldText(text: string): string {
  // By way of capitals, so that a sharp s is found as the two letters that it is written with there.
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
  return plain.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim();
}
