import { z } from 'zod';

import { count, distinct, filePath, listenHost, webUrl } from './values.js';

export const tlsSchema = z.strictObject({
  certificate: filePath()
    .optional()
    .meta({
      description:
        'PEM file with the certificate of this server, then those that lead to its authority. With it the server listens for TLS, too. ' +
        'A new one is used for new connections some seconds after it is there, without a restart.',
    }),
  private_key: filePath().optional().meta({
    description: 'PEM file with the private key of `certificate`; nobody but its owner may read it.',
  }),
  host: listenHost().optional().meta({
    description: 'Host name or address to listen on for TLS; absent: the one of `listen`.',
  }),
  port: count(1, 65535).prefault(8443).meta({ description: 'TCP port to listen on for TLS.' }),
  client_certificate_port: count(1, 65535)
    .optional()
    .meta({
      description:
        'Another TCP port for TLS, where clients are asked for a certificate: one of its own, since browsers ask people which ' +
        'to show. Needs `client_certificate_address`, unless it is the port of `issuer`.',
    }),
  client_certificate_header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header')
    .optional()
    .meta({
      valueType: 'header name',
      description:
        'Header in which a reverse proxy passes the certificate of a client, as RFC 9440, nginx (`$ssl_client_escaped_cert`) ' +
        'or Traefik write it. Believed from `http.trusted_proxies` alone; they must remove it from what clients send.',
    }),
  client_certificate_authorities: filePath()
    .optional()
    .meta({
      description:
        'PEM file with the certificates of the authorities that issue client certificates, for `tls_client_auth` (RFC 8705). ' +
        'Each is trusted for what it issued itself.',
    }),
  client_certificate_revocation_lists: distinct(filePath(), 100)
    .prefault([])
    .meta({
      description:
        'Files with the lists of certificates (PEM or DER) that those authorities took back: such a certificate is refused. ' +
        'A new list is used some seconds after it is there, without a restart. Where the next list is overdue, every certificate ' +
        'of its authority is refused. Certificates of an authority without a list are not looked up.',
    }),
  client_certificate_address: webUrl()
    .optional()
    .meta({
      description:
        'Address under which clients are asked for certificates, where that is not the one of `issuer`: what ' +
        '`mtls_endpoint_aliases` begin with, in place of `issuer`, whose path it has on a port of our own. DPoP proofs for it ' +
        'count there, too.',
    }),
});

export type TlsSettings = z.output<typeof tlsSchema>;
