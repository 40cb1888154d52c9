import { createPrivateKey, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';

import type { TlsListenerConfig } from '../config.js';
import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { FILE_IS_NOT_TEXT, FILE_IS_OPEN, readSecretFile } from '../secrets/secret-file.js';
import { describeFileProblem, FileProblem, readBounded } from './bounded-file.js';

const MAX_BYTES = 256 * 1024;

/** Where certificate and key are; absolute. */
export type ServerCertificateFiles = Pick<TlsListenerConfig, 'certificateFile' | 'privateKeyFile'>;

/** What a TLS server shows and proves it has. */
export interface ServerCertificate {
  /** PEM, its own first, then those that lead to an authority. */
  readonly chain: string;
  /** Secret. PEM. */
  readonly privateKey: string;
  readonly own: X509Certificate;
}

/** Which of the two files cannot be used, and why; names no content. */
export class ServerCertificateProblem extends Error {
  constructor(
    readonly member: 'certificate' | 'private_key',
    file: string,
    what: string,
  ) {
    super(`${file} ${what}`);
  }
}

/** Reads both files. Throws {@link ServerCertificateProblem}, also when the key is not the one of the certificate. */
export function readServerCertificate({ certificateFile, privateKeyFile }: ServerCertificateFiles): ServerCertificate {
  const chain = readChain(certificateFile);
  const privateKey = readKey(privateKeyFile);
  const own = certificateIn(chain, certificateFile);
  if (!own.checkPrivateKey(keyIn(privateKey, privateKeyFile))) {
    throw new ServerCertificateProblem('private_key', privateKeyFile, 'is not the key of the certificate');
  }
  return { chain, privateKey, own };
}

/** The same for the check of the settings: problems instead of an exception. */
export function checkServerCertificate({ tls }: SettingsDraft, folder: string, problems: ProblemList): void {
  const { certificate, private_key: privateKey } = tls;
  if (certificate === undefined || privateKey === undefined) return;
  try {
    readServerCertificate({
      certificateFile: resolve(folder, certificate),
      privateKeyFile: resolve(folder, privateKey),
    });
  } catch (error) {
    if (!(error instanceof ServerCertificateProblem)) throw error;
    problems.add(['tls', error.member], error.message);
  }
}

function readChain(file: string): string {
  try {
    return readBounded(file, MAX_BYTES).toString('latin1');
  } catch (error) {
    throw new ServerCertificateProblem('certificate', file, describeFileProblem(error, '256 KiB'));
  }
}

function readKey(file: string): string {
  try {
    return readSecretFile(file);
  } catch (error) {
    const code = error instanceof FileProblem ? error.code : undefined;
    const what =
      code === FILE_IS_OPEN
        ? 'may be read by others than its owner: chmod 600'
        : code === FILE_IS_NOT_TEXT
          ? 'holds no private key in PEM form'
          : describeFileProblem(error, '16 KiB');
    throw new ServerCertificateProblem('private_key', file, what);
  }
}

function certificateIn(chain: string, file: string): X509Certificate {
  try {
    return new X509Certificate(chain);
  } catch {
    throw new ServerCertificateProblem('certificate', file, 'holds no certificate in PEM form');
  }
}

function keyIn(privateKey: string, file: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(privateKey);
  } catch {
    throw new ServerCertificateProblem('private_key', file, 'holds no private key in PEM form that can be read');
  }
}
