import type { X509Certificate } from 'node:crypto';
import { join, resolve } from 'node:path';

import type { MailConfig, RevocationListsConfig, SmtpConfig, TlsConfig, TlsListenerConfig } from './config.js';
import { present } from './present.js';
import { doCertificatesArrive } from './rules/tls.rules.js';
import type { Settings } from './schema/settings.schema.js';

/** What of the files that the settings name is found already. */
export interface TlsParts {
  /** Absolute folder that relative names begin at. */
  readonly folder: string;
  readonly certificateAuthorities: readonly X509Certificate[];
  readonly revocationLists: RevocationListsConfig;
}

/** TLS of our own, and certificates of clients. */
export function buildTls(settings: Settings, { certificateAuthorities, revocationLists, folder }: TlsParts): TlsConfig {
  const { tls } = settings;
  return {
    certificateAuthorities,
    revocationLists,
    certificatesArrive: doCertificatesArrive(tls),
    ...present({
      listener: buildTlsListener(settings, folder),
      clientCertificateHeader: tls.client_certificate_header,
      clientCertificateAddress: tls.client_certificate_address?.replace(/\/$/, ''),
    }),
  };
}

function buildTlsListener({ tls, listen }: Settings, folder: string): TlsListenerConfig | undefined {
  const { certificate, private_key: privateKey, host = listen.host, port } = tls;
  if (certificate === undefined || privateKey === undefined) return undefined;
  return {
    certificateFile: resolve(folder, certificate),
    privateKeyFile: resolve(folder, privateKey),
    host,
    port,
    ...present({ clientCertificatePort: tls.client_certificate_port }),
  };
}

const SMTP_PORT = { starttls: 587, tls: 465, none: 25 } as const;

/** Where messages go. @param password - of the SMTP account */
export function buildMail({ mail, issuer }: Settings, dataDirectory: string, password: string | undefined): MailConfig {
  const { hostname } = new URL(issuer);
  // A literal address is no domain of a mail address.
  const domain = /^[\d.]+$|^\[/.test(hostname) ? 'localhost' : hostname;
  const base = { from: mail.from ?? `no-reply@${domain}`, outbox: join(dataDirectory, 'outbox') };
  const { smtp_host: host, smtp_security: security, smtp_username: username } = mail;
  if (host === undefined) return base;
  const smtp: SmtpConfig = {
    host,
    port: mail.smtp_port ?? SMTP_PORT[security],
    security,
    ...present({ username, password }),
  };
  return { ...base, smtp };
}
