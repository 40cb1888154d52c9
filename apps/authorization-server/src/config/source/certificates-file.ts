import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';

import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { describeFileProblem, FileProblem, readBounded } from './bounded-file.js';

const MAX_BYTES = 1024 * 1024;
const PATH = ['tls', 'client_certificate_authorities'];
const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Certificates of the authorities that issue client certificates; none where no file is named. */
export function readCertificateAuthorities(
  { tls }: SettingsDraft,
  folder: string,
  problems: ProblemList,
): X509Certificate[] {
  if (tls.client_certificate_authorities === undefined) return [];
  const file = resolve(folder, tls.client_certificate_authorities);
  try {
    const found = [...readBounded(file, MAX_BYTES).toString('latin1').matchAll(PEM)].map(
      ([pem]) => new X509Certificate(pem),
    );
    if (found.length === 0) problems.add(PATH, `${file} holds no certificate`);
    found.forEach(({ ca }, index) => {
      if (!ca) problems.add(PATH, `${file}: certificate ${String(index + 1)} is none of an authority`);
    });
    return found;
  } catch (error) {
    const message =
      error instanceof FileProblem ? describeFileProblem(error, '1 MiB') : 'holds something that is no certificate';
    problems.add(PATH, `${file} ${message}`);
    return [];
  }
}
