import type { Command } from '../commands/command.js';
import type { ConfigProblem } from './config.js';
import type { FoundProblems } from './load-config.js';
import { checkConfig as findProblems } from './load-config.js';

/** `valetkey check-config`: says that all is well, or every problem, and which file it looked at. Ends with 0 or 1. */
export const checkConfig: Command = {
  name: 'check-config',
  summary: 'list every mistake of the configuration; changes nothing',
  usage: ['check-config'],
  help: ['Ends with 1 when there is any. A secret file that the first start would make is no mistake.'],
  options: {},
  positionals: 0,
  run: async ({ configPath, env, print }) => {
    const found = findProblems({ env, ...(configPath !== undefined && { path: configPath }) });
    const isValid = found.problems.length === 0;
    for (const warning of found.warnings) await print(`warning: ${formatProblem(warning)}`);
    for (const line of isValid ? [`${found.file} is valid`] : problemLines(found)) await print(line);
    return isValid ? 0 : 1;
  },
};

/** Which file it is about, then the problems. */
export function problemLines({ file, problems }: FoundProblems): string[] {
  return [`${file} cannot be used:`, ...problems.map(formatProblem)];
}

/** One problem on one line: `clients[2].audiences[0]: is not …`; without a path when it concerns the file as a whole. */
export function formatProblem({ path, message }: ConfigProblem): string {
  return path === '' ? message : `${path}: ${message}`;
}
