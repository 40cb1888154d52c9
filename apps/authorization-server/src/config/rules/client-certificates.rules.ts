import { isIP } from 'node:net';

import type { CertificateSubject } from '@valetkey/clients';
import { isDistinguishedName } from '@valetkey/oauth';
import { CERTIFICATE_METHODS } from '@valetkey/protocol';

import type { ProblemList, SettingPath } from '../problem-list.js';
import type { ClientSettings } from '../schema/clients.schema.js';
import type { CertificateWays } from './tls.rules.js';
import { doCertificatesArrive } from './tls.rules.js';

type ClientDraft = Partial<ClientSettings>;

const KINDS: readonly CertificateSubject['kind'][] = ['subject_dn', 'san_dns', 'san_uri', 'san_ip', 'san_email'];

/** The names that a client registered, one of which is allowed. */
export function certificateSubjectsOf(client: ClientDraft): CertificateSubject[] {
  return KINDS.flatMap((kind) => {
    const value = client[`tls_client_auth_${kind}`];
    return value === undefined ? [] : [{ kind, value }];
  });
}

/** What these rules look at of the TLS settings. */
export interface CertificateSettings extends CertificateWays {
  readonly client_certificate_authorities?: unknown;
}

/** Rules about the certificates that a client comes with (RFC 8705). */
export function checkClientCertificates(
  client: ClientDraft,
  path: SettingPath,
  { tls, problems }: { tls: CertificateSettings; problems: ProblemList },
): void {
  const method = client.token_endpoint_auth_method;
  const isByCertificate = method !== undefined && CERTIFICATE_METHODS.includes(method);
  const needing = [
    ...(isByCertificate ? ['token_endpoint_auth_method'] : []),
    ...(client.tls_client_certificate_bound_access_tokens === true
      ? ['tls_client_certificate_bound_access_tokens']
      : []),
  ];
  for (const member of needing) {
    if (doCertificatesArrive(tls)) continue;
    const message = 'needs tls.client_certificate_header or tls.client_certificate_port: no certificate arrives else';
    problems.addUnlessReported([...path, member], message);
  }
  if (method === 'tls_client_auth' && tls.client_certificate_authorities === undefined) {
    problems.addUnlessReported([...path, 'token_endpoint_auth_method'], 'needs tls.client_certificate_authorities');
  }
  if (client.tls_client_certificate_bound_access_tokens === true && client.dpop_bound_access_tokens === true) {
    problems.addUnlessReported([...path, 'dpop_bound_access_tokens'], 'must not be true: a token is bound to one key');
  }
  checkNames(client, path, problems);
}

/** MB-01: exactly one name, which only the PKI method uses. */
function checkNames(client: ClientDraft, path: SettingPath, problems: ProblemList): void {
  const subjects = certificateSubjectsOf(client);
  const isUsed = client.token_endpoint_auth_method === 'tls_client_auth';
  if (isUsed && subjects.length === 0) {
    problems.addUnlessReported([...path, 'tls_client_auth_subject_dn'], 'or another tls_client_auth name is required');
  }
  subjects.forEach(({ kind, value }, index) => {
    const at = [...path, `tls_client_auth_${kind}`];
    if (!isUsed) problems.addUnlessReported(at, 'must not be given: it is for tls_client_auth');
    else if (index > 0) problems.addUnlessReported(at, 'must not be given: another name is registered already');
    else if (kind === 'subject_dn' && !isDistinguishedName(value))
      problems.addUnlessReported(at, 'must be a name as RFC 4514 has it');
    else if (kind === 'san_ip' && isIP(value) === 0) problems.addUnlessReported(at, 'must be an IP address');
  });
}
