const MOST_LABELS = 20;
const LONGEST_LABEL = 40;

/** Labels as they are typed: commas between them, each once. */
export function labelsOf(text: string): readonly string[] {
  const labels = text.split(/[,،、，\n]/).map((label) => label.trim().replace(/\s+/g, ' '));
  return [...new Set(labels.filter((label) => label !== ''))];
}

export type LabelProblem = { readonly tooLong: string } | 'too_many';

/** Why these cannot be saved. */
export function problemOf(labels: readonly string[]): LabelProblem | undefined {
  const tooLong = labels.find((label) => label.length > LONGEST_LABEL);
  if (tooLong !== undefined) return { tooLong };
  return labels.length > MOST_LABELS ? 'too_many' : undefined;
}
