import type { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';

import { RevocationList, RevocationListProblem } from '@valetkey/oauth';

import type { RevocationListsConfig } from '../config.js';
import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { describeFileProblem, readBounded } from './bounded-file.js';

const MAX_BYTES = 8 * 1024 * 1024;
const PATH = ['tls', 'client_certificate_revocation_lists'];

/** Which file cannot be used, and why; names no content. */
export class RevocationListFileProblem extends Error {
  constructor(
    readonly index: number,
    message: string,
  ) {
    super(message);
  }
}

/** The newest list of each authority. @throws RevocationListFileProblem, also for a list of nobody that is trusted */
export function readRevocationLists(
  files: readonly string[],
  authorities: readonly X509Certificate[],
): Map<X509Certificate, RevocationList> {
  const newest = new Map<X509Certificate, RevocationList>();
  files.forEach((file, index) => {
    const refuse = (what: string): never => {
      throw new RevocationListFileProblem(index, `${file} ${what}`);
    };
    for (const list of listsIn(file, refuse)) {
      // An authority that was renewed with its key has several certificates.
      const signers = authorities.filter((authority) => list.isOf(authority));
      if (signers.length === 0) refuse('holds a list of no authority of tls.client_certificate_authorities');
      for (const signer of signers) {
        const known = newest.get(signer);
        if (!known || known.thisUpdate <= list.thisUpdate) newest.set(signer, list);
      }
    }
  });
  return newest;
}

function listsIn(file: string, refuse: (what: string) => never): RevocationList[] {
  try {
    return RevocationList.readAll(readBounded(file, MAX_BYTES));
  } catch (error) {
    return refuse(
      error instanceof RevocationListProblem
        ? `has content that ${error.message}`
        : describeFileProblem(error, '8 MiB'),
    );
  }
}

/** The same for the check of the settings: problems instead of an exception. */
export function findRevocationLists(
  { tls }: SettingsDraft,
  { folder, authorities }: { readonly folder: string; readonly authorities: readonly X509Certificate[] },
  problems: ProblemList,
): RevocationListsConfig {
  const files = (tls.client_certificate_revocation_lists ?? []).map((file) => resolve(folder, file));
  // Without its authorities nothing can be said of a list; what is wrong with them is told already.
  if (authorities.length === 0) return { files, found: new Map() };
  try {
    return { files, found: readRevocationLists(files, authorities) };
  } catch (error) {
    if (!(error instanceof RevocationListFileProblem)) throw error;
    problems.add([...PATH, error.index], error.message);
    return { files, found: new Map() };
  }
}

/** What an operator should know of lists that can be used: who has none, and whose is overdue. */
export function adviseOnRevocationLists(
  { files, found }: RevocationListsConfig,
  authorities: readonly X509Certificate[],
  warnings: ProblemList,
): void {
  if (files.length === 0) return;
  for (const authority of authorities) {
    const list = found.get(authority);
    const who = nameOf(authority);
    if (!list) warnings.add(PATH, `none is of ${who}: whether its certificates were taken back is not known`);
    else if (list.nextUpdate <= Date.now()) warnings.add(PATH, overdue(who, list));
  }
}

/** The subject of an authority in one line. */
export function nameOf({ subject }: X509Certificate): string {
  return subject.split('\n').join(', ');
}

function overdue(who: string, { nextUpdate }: RevocationList): string {
  return `a list of ${who} was due at ${new Date(nextUpdate).toISOString()}: its certificates are refused until it is there`;
}
