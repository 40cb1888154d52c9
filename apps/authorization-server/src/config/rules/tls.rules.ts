import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';

/** How certificates of clients reach us. */
export interface CertificateWays {
  readonly client_certificate_header?: string | undefined;
  readonly client_certificate_port?: number | undefined;
}

/** Whether a certificate of a client can reach us at all. */
export function doCertificatesArrive(tls: CertificateWays): boolean {
  return tls.client_certificate_header !== undefined || tls.client_certificate_port !== undefined;
}

/** Rules of the group `tls`. */
export function checkTls(draft: SettingsDraft, problems: ProblemList): void {
  checkHeader(draft, problems);
  checkPair(draft, problems);
  if (draft.tls.client_certificate_authorities === undefined && draft.tls.client_certificate_revocation_lists?.length) {
    const message = 'needs tls.client_certificate_authorities: whose lists they are';
    problems.addUnlessReported(['tls', 'client_certificate_revocation_lists'], message);
  }
  if (draft.tls.certificate === undefined) checkNeedless(draft, problems);
  else {
    checkPorts(draft, problems);
    checkAddress(draft, problems);
  }
}

/** MB-05: a header is believed from a proxy that is named, and from nobody else. */
function checkHeader({ tls, http }: SettingsDraft, problems: ProblemList): void {
  if (tls.client_certificate_header !== undefined && http.trusted_proxies?.length === 0) {
    const message = 'needs http.trusted_proxies: anybody could send any certificate else';
    problems.addUnlessReported(['tls', 'client_certificate_header'], message);
  }
}

function checkPair({ tls }: SettingsDraft, problems: ProblemList): void {
  const { certificate, private_key: key } = tls;
  if (certificate === undefined && key !== undefined) {
    problems.addUnlessReported(['tls', 'certificate'], 'is required with tls.private_key');
  }
  if (certificate !== undefined && key === undefined) {
    problems.addUnlessReported(['tls', 'private_key'], 'is required with tls.certificate');
  }
}

function checkNeedless({ tls }: SettingsDraft, problems: ProblemList): void {
  for (const member of ['host', 'client_certificate_port'] as const) {
    if (tls[member] !== undefined) problems.addUnlessReported(['tls', member], 'needs tls.certificate');
  }
}

/** Each port is for one thing. */
function checkPorts({ tls, listen }: SettingsDraft, problems: ProblemList): void {
  if (tls.port === listen.port) problems.addUnlessReported(['tls', 'port'], 'must differ from listen.port');
  const asking = tls.client_certificate_port;
  if (asking !== undefined && (asking === tls.port || asking === listen.port)) {
    problems.addUnlessReported(['tls', 'client_certificate_port'], 'must differ from listen.port and tls.port');
  }
}

/** MB-04, attack class 192: what discovery names for certificates of clients is there, and asks for them. */
function checkAddress({ tls, issuer }: SettingsDraft, problems: ProblemList): void {
  const { client_certificate_port: port, client_certificate_address: address } = tls;
  if (port === undefined || issuer === undefined) return;
  const path = ['tls', 'client_certificate_address'];
  if (address === undefined) {
    if (portOfTls(issuer) === port) return;
    const message = 'is required with tls.client_certificate_port, unless that is the port of issuer';
    problems.addUnlessReported(path, message);
    return;
  }
  // A proxy that passes certificates may have paths of its own.
  if (tls.client_certificate_header === undefined && pathOf(address) !== pathOf(issuer)) {
    problems.addUnlessReported(path, 'must have the path of issuer: the endpoints are below it there, too');
  }
}

function portOfTls(issuer: string): number | undefined {
  const { protocol, port } = new URL(issuer);
  if (protocol !== 'https:') return undefined;
  return port === '' ? 443 : Number(port);
}

function pathOf(address: string): string {
  return new URL(address).pathname.replace(/\/$/, '');
}
