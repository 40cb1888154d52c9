import type { ClientMetadata } from './client-metadata.js';

const LONGEST = 2_048;
/** What a URI may consist of (RFC 3986 appendix A), without `#`: nothing in it is ever read in two ways. */
const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=%]+$/;
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
/** A scheme that an app owns by a domain name of its maker (RFC 8252 section 7.1): `javascript:` and its like have no dot. */
const OWN_SCHEME = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:\/./;
/** The IP literals of RFC 8252 section 7.3; `localhost` may be anybody's (section 8.3). */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9]\d{0,4}))?((?:[/?].*)?)$/;
const LOOPBACK_HOST = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?:[/?]|$)/;
/** What a content security policy can name: the pages whose forms end there have to. */
const HOST = /^(?:[a-z0-9.-]+|\[::1\])$/;

/**
 * What answers are made of: an address that has one of these in its query gives the client two of it, and who wrote the one in the
 * address is not who answers (CO-09, IS-01).
 */
const NAMES_OF_ANSWERS: ReadonlySet<string> = new Set([
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'response',
  'ticket',
]);

/** What can be wrong with an address for answers; the words are for who configures or registers a client. */
const FAULTS = {
  too_long: `must not be longer than ${LONGEST} characters`,
  fragment: 'must not have a fragment',
  not_absolute: 'must be an absolute URI',
  own_scheme_of_web: 'must use https: own schemes are for native apps',
  scheme: 'must use https, or a scheme of its own in reverse domain order',
  user_information: 'must not hold a user name or password',
  host: 'must have a host of letters, digits, hyphens and dots',
  name_of_answer: `must not have any of these in its query: ${[...NAMES_OF_ANSWERS].join(', ')}`,
  not_https: 'must use https; http is allowed on loopback hosts only',
} as const;

export type RedirectUriFault = keyof typeof FAULTS;

/**
 * What is wrong with an address that a client wants answers at, or `undefined`: https, http on the loopback, and for native
 * apps a scheme of their own in reverse domain order, such as `com.example.app:/callback` (RFC 8252 section 7).
 */
export function redirectUriFault(
  uri: string,
  applicationType: ClientMetadata['applicationType'],
): RedirectUriFault | undefined {
  if (uri.length > LONGEST) return 'too_long';
  if (uri.includes('#')) return 'fragment';
  if (!URI_CHARACTERS.test(uri) || BROKEN_ESCAPE.test(uri)) return 'not_absolute';
  if (hasNameOfAnswer(uri)) return 'name_of_answer';
  if (OWN_SCHEME.test(uri)) return applicationType === 'native' ? undefined : 'own_scheme_of_web';
  return webAddressFault(uri);
}

function hasNameOfAnswer(uri: string): boolean {
  const at = uri.indexOf('?');
  return at >= 0 && [...new URLSearchParams(uri.slice(at)).keys()].some((name) => NAMES_OF_ANSWERS.has(name));
}

/** The same in words: `must ...`. */
export function redirectUriProblem(
  uri: string,
  applicationType: ClientMetadata['applicationType'],
): string | undefined {
  const fault = redirectUriFault(uri, applicationType);
  return fault && FAULTS[fault];
}

function webAddressFault(uri: string): RedirectUriFault | undefined {
  if (!/^https?:\/\//.test(uri)) return 'scheme';
  if (!URL.canParse(uri)) return 'not_absolute';
  const { username, password, hostname } = new URL(uri);
  if (username !== '' || password !== '') return 'user_information';
  if (!HOST.test(hostname)) return 'host';
  const isOpen = uri.startsWith('http:') && !LOOPBACK_HOST.test(uri);
  return isOpen ? 'not_https' : undefined;
}

/**
 * Whether answers may go to this address: it equals a registered one byte for byte, or differs from one of a native app's
 * loopback addresses by its port alone (CO-01; RFC 8252 section 7.3). Nothing is normalised before.
 */
export function isRegisteredRedirectUri(
  { redirectUris, applicationType }: Pick<ClientMetadata, 'redirectUris' | 'applicationType'>,
  uri: string,
): boolean {
  if (redirectUris.includes(uri)) return true;
  const asked = applicationType === 'native' ? loopbackParts(uri) : undefined;
  if (asked === undefined || redirectUriFault(uri, 'native') !== undefined) return false;
  return redirectUris.some((registered) => loopbackParts(registered) === asked);
}

/** A loopback address without its port, or `undefined` for any other address. */
function loopbackParts(uri: string): string | undefined {
  const match = LOOPBACK.exec(uri);
  if (!match || Number(match[2] ?? 80) > 65_535) return undefined;
  return `${match[1] ?? ''} ${match[3] ?? ''}`;
}
