import type { ProblemList } from '../problem-list.js';
import { algorithmsOfKey } from '../schema/jwks.schema.js';
import type { Jwks } from '../schema/jwks.schema.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { refuseRepeated } from './uniqueness.js';

/**
 * Trusted issuers are distinct, none is this server, and each has keys that fit its algorithms.
 * @param keySets - keys of each entry, inline or from its file; `undefined` where they could not be read
 */
export function checkTrustedIssuers(
  draft: SettingsDraft,
  keySets: readonly (Jwks | undefined)[],
  problems: ProblemList,
): void {
  const at = (index: number, member: string) => ['trusted_issuers', index, member];
  const issuers = draft.trusted_issuers;
  refuseRepeated(
    issuers.map((trusted, index) => ({ value: trusted.issuer, path: at(index, 'issuer') })),
    'is the issuer of another entry',
    problems,
  );
  issuers.forEach((trusted, index) => {
    if (trusted.issuer !== undefined && trusted.issuer === draft.issuer) {
      problems.addUnlessReported(at(index, 'issuer'), 'must not be the issuer of this server');
    }
    const { jwks, jwks_file: file } = trusted;
    if (jwks !== undefined && file !== undefined)
      problems.addUnlessReported(at(index, 'jwks_file'), 'must not be given together with jwks');
    if (jwks === undefined && file === undefined && !problems.has(at(index, 'jwks_file'))) {
      problems.addUnlessReported(at(index, 'jwks'), 'is required (this or jwks_file)');
    }
    checkAlgorithms(trusted.algorithms, keySets[index], () => {
      problems.addUnlessReported(at(index, 'algorithms'), 'must have one that fits a key of the issuer');
    });
  });
}

function checkAlgorithms(algorithms: readonly string[] | undefined, keys: Jwks | undefined, refuse: () => void): void {
  if (algorithms === undefined || keys === undefined) return;
  const fits = keys.keys.some((key) => algorithmsOfKey(key).some((algorithm) => algorithms.includes(algorithm)));
  if (!fits) refuse();
}
