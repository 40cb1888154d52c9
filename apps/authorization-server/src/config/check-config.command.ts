import { checkConfig } from './load-config.js';
import type { ConfigProblem } from './config.js';

export interface CheckConfigOptions {
  /** File given with `--config`. */
  readonly path?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes the output line by line. */
  readonly print: (line: string) => void;
}

/** One problem on one line: `clients[2].audiences[0]: is not …`; without a path when it concerns the file as a whole. */
export function formatProblem({ path, message }: ConfigProblem): string {
  return path === '' ? message : `${path}: ${message}`;
}

/** The command `check-config`: prints every problem; or what may be a mistake, and that all is well. Returns the exit code, 0 or 1. */
export function runCheckConfig({ print, ...options }: CheckConfigOptions): number {
  const { problems, warnings } = checkConfig(options);
  for (const warning of warnings) print(`warning: ${formatProblem(warning)}`);
  if (problems.length === 0) {
    print('configuration is valid');
    return 0;
  }
  for (const problem of problems) print(formatProblem(problem));
  return 1;
}
