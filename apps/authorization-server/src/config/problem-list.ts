/** Where a setting stands in the file: member names and list positions from the root. */
export type SettingPath = readonly (string | number)[];

/** A mistake as it is found, before its place in the file is looked up. */
export interface FoundProblem {
  readonly path: SettingPath;
  readonly message: string;
}

const PLAIN_MEMBER = /^[A-Za-z_][\w#-]*$/;
const MAX_MEMBER_LENGTH = 64;

/** `clients[2].audiences[0]`; members with unusual characters are quoted and shortened, so a problem stays on one line. */
export function formatPath(path: SettingPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${String(part)}]`;
    else if (PLAIN_MEMBER.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part.slice(0, MAX_MEMBER_LENGTH))}]`;
  }
  return text;
}

/** Collects every mistake instead of stopping at the first. */
export class ProblemList {
  private readonly found: FoundProblem[] = [];

  get all(): readonly FoundProblem[] {
    return this.found;
  }

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  add(path: SettingPath, message: string): void {
    this.found.push({ path, message });
  }

  /** For rules across settings: says nothing when that setting itself is already known to be wrong. */
  addUnlessReported(path: SettingPath, message: string): void {
    if (!this.has(path)) this.add(path, message);
  }

  /** True when a problem stands at this path or below it. */
  has(path: SettingPath): boolean {
    return this.found.some((problem) => path.every((part, index) => problem.path[index] === part));
  }
}
