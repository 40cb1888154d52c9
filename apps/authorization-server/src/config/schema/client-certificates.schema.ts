import { z } from 'zod';

import { text } from './values.js';

const name = (description: string) => text(512).optional().meta({ description });

/** Members of a client that comes with a TLS certificate (RFC 8705 sections 2.1.2 and 3.4). */
export const clientCertificatesSchema = z.strictObject({
  tls_client_auth_subject_dn: name(
    'Subject of its certificate (RFC 4514, such as `CN=shop,O=Example,C=AT`), for `tls_client_auth`. Exactly one of the five names.',
  ),
  tls_client_auth_san_dns: name('Host name in its certificate.'),
  tls_client_auth_san_uri: name('URI in its certificate.'),
  tls_client_auth_san_ip: name('IP address in its certificate.'),
  tls_client_auth_san_email: name('E-mail address in its certificate.'),
  tls_client_certificate_bound_access_tokens: z.boolean().prefault(false).meta({
    description: 'Whether its access tokens are bound to the certificate that it comes with (RFC 8705).',
  }),
});
