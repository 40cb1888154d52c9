import type { IncomingHttpHeaders } from 'node:http';

/** What a rule looks at: one exchange, as the client saw it. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const LEAKS: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /\n\s+at .+:\d+|\(node:internal|node_modules/],
  [
    'SQL or the name of a database error',
    /\b(SELECT .+ FROM|INSERT INTO|UPDATE .+ SET|DELETE FROM)\b|SQLITE_|QueryFailed/,
  ],
  [
    'the text of a program error',
    /\b(TypeError|RangeError|ReferenceError|SyntaxError|is not a function|undefined \(reading)\b/,
  ],
  // Members of RFC 7518 section 6 that only a private or a secret key has (attack class 193).
  ['a private or secret key', /PRIVATE KEY|"(d|p|q|dp|dq|qi|k)"\s*:\s*"[\w-]{20,}"/],
  ['a path of the server', /\/(libs|apps|dist)\/[a-z-]+\/|\/tmp\/valetkey/],
];

const SENSITIVE_MEMBER = /"(access_token|refresh_token|ticket|pct|client_secret|active|permissions)"\s*:/;
const PLAIN_PATH = /^\/(health|metrics|docs)/;
/** What people open: their errors are pages. */
const PAGE_PATH =
  /^\/(authorize|interaction|device|sign-out|account|invitations|console|operator|uma\/(claims|requests))/;
/** What is nowhere is told to browsers by a page, too, and says that the answer depends on what is read. */
const ACCEPT = 'accept';
/** A new ticket comes back with the browser, good for its own client alone (UMA Grant section 3.3.3). */
const RETURNED_TICKET = /([?&]ticket=)vk_tk_[\w-]+/;

/**
 * The rules that hold for every answer, whatever was asked: no fault, no leak, nothing sensitive in a cache, errors in
 * JSON. A test that expects a server error says so.
 * @returns what is broken, in words; empty when all is well
 */
export function brokenRules(exchange: Exchange, expectServerError: boolean): string[] {
  return [
    ...(exchange.status >= 500 && !expectServerError ? ['answers with a server error'] : []),
    ...leaksOf(exchange),
    ...cachingOf(exchange),
    ...errorFormOf(exchange),
  ];
}

function leaksOf({ headers, text }: Exchange): string[] {
  const everything = `${text}\n${JSON.stringify(headers)}`;
  const leaks = LEAKS.filter(([, pattern]) => pattern.test(everything)).map(([what]) => `leaks ${what}`);
  const location = (headers.location ?? '').replace(RETURNED_TICKET, '$1');
  if (/vk_(at|rt|rpt|tk|pct|cs|pr|dc)_/.test(location)) leaks.push('has a secret in a URL');
  return leaks;
}

function cachingOf({ headers, path, status, text }: Exchange): string[] {
  const broken: string[] = [];
  const isSensitive = (status < 400 && path.includes('/me/')) || SENSITIVE_MEMBER.test(text);
  if (isSensitive && !/\bno-store\b/.test(headers['cache-control'] ?? ''))
    broken.push('has no Cache-Control: no-store');
  if (headers['x-content-type-options'] !== 'nosniff') broken.push('has no X-Content-Type-Options: nosniff');
  if (headers['access-control-allow-credentials'] !== undefined) broken.push('lets other origins use credentials');
  return broken;
}

function errorFormOf({ headers, method, path, status, text }: Exchange): string[] {
  if (status < 400 || method === 'HEAD' || PLAIN_PATH.test(path)) return [];
  const type = headers['content-type'] ?? '';
  const isForPeople = PAGE_PATH.test(path) || (status === 404 && headers.vary === ACCEPT);
  if (isForPeople && type.startsWith('text/html')) return brokenOnPage(headers);
  return brokenInJson(type, text);
}

function brokenInJson(type: string, text: string): string[] {
  if (!/^application\/json\b/.test(type)) return ['answers an error that is not JSON'];
  const error = (parsed(text) as { error?: unknown } | null)?.error;
  return typeof error === 'string' && /^[a-z_]+$/.test(error) ? [] : ['answers an error without an error code'];
}

/** An error page sends nobody anywhere, is in no frame, runs nothing and is not kept. */
function brokenOnPage(headers: IncomingHttpHeaders): string[] {
  const policy = String(headers['content-security-policy'] ?? '');
  return [
    ...(headers.location === undefined ? [] : ['redirects from an error page']),
    ...(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'") ? [] : ['has a lax policy']),
    ...(headers['referrer-policy'] === 'no-referrer' ? [] : ['tells others where the browser came from']),
    ...(/\bno-store\b/.test(headers['cache-control'] ?? '') ? [] : ['has an error page in a cache']),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
