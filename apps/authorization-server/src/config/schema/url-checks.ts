const LOOPBACK_ADDRESS = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** True for hosts that never leave the machine, in the spelling that `URL` gives them. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    LOOPBACK_ADDRESS.test(hostname)
  );
}

function parse(value: string): URL | undefined {
  // `URL` forgives spaces and control characters; an identifier that is compared byte for byte must not have any.
  return /[\s\p{Cc}\\]/u.test(value) || !URL.canParse(value) ? undefined : new URL(value);
}

/** What is wrong with an absolute web address, or `undefined`: https (http on loopback hosts), no user name, no fragment. */
export function webUrlProblem(value: string): string | undefined {
  const url = /^https?:\/\//i.test(value) ? parse(value) : undefined;
  if (url === undefined) return 'must be an absolute http or https URL';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (value.includes('#')) return 'must not have a fragment';
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return 'must use https; http is allowed on loopback hosts only';
  }
  return undefined;
}

/** What is wrong with the issuer identifier of a partner, or `undefined`. OpenID Connect Core §2 `iss`. */
export function partnerIssuerProblem(value: string): string | undefined {
  return webUrlProblem(value) ?? (value.includes('?') ? 'must not have a query' : undefined);
}

/**
 * What is wrong with the server's own issuer identifier, or `undefined`. Stricter than for partners, because every URL of
 * the metadata is made from it and all the world compares it byte for byte. RFC 8414 §2.
 */
export function ownIssuerProblem(value: string): string | undefined {
  const problem = partnerIssuerProblem(value);
  if (problem !== undefined) return problem;
  if (value.endsWith('/')) return 'must not end with a slash';
  const written = new URL(value).href.replace(/\/$/, '');
  return written === value ? undefined : `must be written in its normal form, ${written}`;
}

/** What is wrong with a resource indicator, or `undefined`. RFC 8707 §2. */
export function absoluteUriProblem(value: string): string | undefined {
  const uri = /^[A-Za-z][A-Za-z0-9+.-]*:./.test(value) ? parse(value) : undefined;
  if (uri === undefined) return 'must be an absolute URI';
  if (uri.username !== '' || uri.password !== '') return 'must not hold a user name or password';
  return value.includes('#') ? 'must not have a fragment' : undefined;
}
