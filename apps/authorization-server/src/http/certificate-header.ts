const STRUCTURED = /^:([A-Za-z0-9+/=]+):$/;
const PEM = /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Behind a client's certificate, those that it was made by: they prove nothing here. */
const CHAIN = /^([A-Za-z0-9+/]+={0,2})(?:,[A-Za-z0-9+/]+={0,2})+$/;
const LONGEST = 12_000;

/**
 * The certificate in a header of a reverse proxy, DER, or `undefined` for anything else. Takes what proxies send: a byte
 * sequence (RFC 9440), PEM with its line breaks escaped (nginx) or replaced by white space, and bare base64 (Traefik),
 * behind which may stand its chain.
 */
export function certificateIn(header: string): Uint8Array | undefined {
  if (header.length > LONGEST) return undefined;
  const plain = header.includes('%') ? unescaped(header) : header;
  const encoded = encodedIn(plain).replace(/\s/g, '');
  if (!BASE64.test(encoded)) return undefined;
  const der = Buffer.from(encoded, 'base64');
  // A sequence, as every certificate is.
  return der[0] === 0x30 ? der : undefined;
}

/** Of the forms that name it; anything else may be bare base64. */
function encodedIn(plain: string): string {
  const [, encoded = plain] = STRUCTURED.exec(plain) ?? PEM.exec(plain) ?? CHAIN.exec(plain) ?? [];
  return encoded;
}

function unescaped(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return '';
  }
}
