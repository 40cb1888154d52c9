import { createHash, X509Certificate } from 'node:crypto';

/** `x5t#S256` of a certificate (RFC 8705 section 3.1), or `undefined` for anything that is none. */
export function certificateThumbprint(der: Uint8Array): string | undefined {
  try {
    // Its own encoding, without what may stand behind it.
    return createHash('sha256').update(new X509Certificate(der).raw).digest('base64url');
  } catch {
    return undefined;
  }
}
