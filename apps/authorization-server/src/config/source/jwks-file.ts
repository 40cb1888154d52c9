import { resolve } from 'node:path';

import type { ProblemList, SettingPath } from '../problem-list.js';
import { jwksSchema } from '../schema/jwks.schema.js';
import type { Jwks } from '../schema/jwks.schema.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { describeFileProblem, FileProblem, readBounded } from './bounded-file.js';
import { describeIssue } from './issue-text.js';

const MAX_BYTES = 256 * 1024;

/** Public keys of every trusted issuer, inline or from its file; `undefined` where there are none, which is told or a rule tells. */
export function readKeySets(draft: SettingsDraft, folder: string, problems: ProblemList): (Jwks | undefined)[] {
  return draft.trusted_issuers.map(({ jwks, jwks_file: file }, index) => {
    if (jwks !== undefined || file === undefined) return jwks;
    return readJwksFile(resolve(folder, file), ['trusted_issuers', index, 'jwks_file'], problems);
  });
}

function readJwksFile(file: string, path: SettingPath, problems: ProblemList): Jwks | undefined {
  const value = readJson(file, path, problems);
  if (value === undefined) return undefined;
  const result = jwksSchema.safeParse(value, { error: (issue) => describeIssue(issue) });
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    problems.add(path, `${file}: ${issue.path.map(String).join('.')} ${issue.message}`);
  }
  return undefined;
}

function readJson(file: string, path: SettingPath, problems: ProblemList): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readBounded(file, MAX_BYTES)));
  } catch (error) {
    const message = error instanceof FileProblem ? describeFileProblem(error, '256 KiB') : 'is not JSON in UTF-8';
    problems.add(path, `${file} ${message}`);
    return undefined;
  }
}
