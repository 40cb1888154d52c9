/** Of an incoming request, what decides about access; the shape fits node:http, Express and Fastify alike. */
export interface IncomingRequest {
  /** Path and query as received. */
  url?: string | undefined;
  headers: { authorization?: string | undefined };
}

export type PresentedToken =
  | { kind: 'none' }
  | { kind: 'bearer'; token: string }
  /** In the query, where it would reach logs, histories and referrers (OAuth 2.1 section 5.1, RFC 9700 section 4.3.2). */
  | { kind: 'in_query' };

/** No token that this library can meet is longer; a longer one is not worth a question to the server. */
const LONGEST_TOKEN = 8_192;
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;
const QUERY_NAMES = ['access_token', 'rpt'];

/** Finds the bearer token of a request (RFC 6750 section 2.1). Anything malformed is no token. */
export function presentedToken(request: IncomingRequest): PresentedToken {
  if (hasTokenInQuery(request.url ?? '')) return { kind: 'in_query' };
  const authorization = request.headers.authorization ?? '';
  if (authorization.length > LONGEST_TOKEN) return { kind: 'none' };
  const token = BEARER.exec(authorization)?.[1];
  return token === undefined ? { kind: 'none' } : { kind: 'bearer', token };
}

function hasTokenInQuery(url: string): boolean {
  const start = url.indexOf('?');
  if (start < 0) return false;
  const query = new URLSearchParams(url.slice(start + 1));
  return QUERY_NAMES.some((name) => query.has(name));
}
