import { createHash } from 'node:crypto';
import { type JsonObject, isJsonObject, optionalNumber, optionalText, textArray, textMember } from './json.js';
import { SingleFlight } from './single-flight.js';

/** What an RPT allows on one resource (FedAuthz section 5.1.1). Times are seconds since the epoch. */
export interface Permission {
  resourceId: string;
  resourceScopes: string[];
  expiresAt: number | undefined;
  notBefore: number | undefined;
}

/** What the authorization server says of an active token. Times are seconds since the epoch. */
export interface ActiveToken {
  clientId: string | undefined;
  /** The requesting party (RPT) or the user (ordinary token), by the name this resource server knows it. */
  subject: string | undefined;
  expiresAt: number | undefined;
  notBefore: number | undefined;
  /** Of an RPT; empty for an ordinary access token. */
  permissions: Permission[];
  /** Of an ordinary access token; empty for an RPT. */
  scopes: string[];
  audience: string[];
  /** Bound to a key of the sender (`cnf`): must not be accepted from somebody who merely holds it. */
  senderConstrained: boolean;
}

export interface IntrospectionCacheOptions {
  /** How long an answer may be used again, in milliseconds; at most 60,000. 0 asks each time. Default 5,000. */
  cacheMs?: number;
  /** Answers kept at most. Default 10,000. */
  cacheEntries?: number;
}

const LONGEST_CACHE_MS = 60_000;

/**
 * Asks what a token is worth and remembers good answers for a moment: at most 60 s and never past the token's own
 * expiry (UF-36). "Inactive" is never remembered, so made-up tokens cannot push good ones out. An owner's withdrawal is
 * felt after `cacheMs` at the latest. Concurrent questions about one token share one request.
 */
export class Introspection {
  private readonly known = new Map<string, { token: ActiveToken; until: number }>();
  private readonly asking = new SingleFlight<ActiveToken | undefined>();
  private readonly cacheMs: number;
  private readonly cacheEntries: number;

  constructor(
    private readonly ask: (token: string) => Promise<JsonObject>,
    private readonly now: () => number,
    options: IntrospectionCacheOptions = {},
  ) {
    this.cacheMs = Math.min(options.cacheMs ?? 5_000, LONGEST_CACHE_MS);
    this.cacheEntries = options.cacheEntries ?? 10_000;
  }

  /** Undefined if the token is worth nothing here. Throws `AuthorizationServerError` if the server cannot tell. */
  async inspect(token: string): Promise<ActiveToken | undefined> {
    // The hash: a dump of this process's memory should not be a list of usable tokens.
    const key = createHash('sha256').update(token).digest('base64url');
    const hit = this.known.get(key);
    if (hit && this.now() < hit.until) return hit.token;
    this.known.delete(key);
    return this.asking.run(key, () => this.askAndRemember(token, key));
  }

  private async askAndRemember(token: string, key: string): Promise<ActiveToken | undefined> {
    const asked = this.now();
    const answer = await this.ask(token);
    if (answer['active'] !== true) return undefined;
    const active = parseActiveToken(answer);
    if (!isWithin(active, this.now())) return undefined;
    this.remember(key, active, asked);
    return active;
  }

  private remember(key: string, token: ActiveToken, asked: number): void {
    const until = Math.min(asked + this.cacheMs, (token.expiresAt ?? Infinity) * 1000);
    if (until <= this.now() || this.cacheEntries < 1) return;
    const oldest = this.known.keys().next();
    if (this.known.size >= this.cacheEntries && !oldest.done) this.known.delete(oldest.value);
    this.known.set(key, { token, until });
  }
}

/** True if `window` contains the instant `now` (milliseconds). Open ends are open. */
export function isWithin(
  window: { expiresAt: number | undefined; notBefore: number | undefined },
  now: number,
): boolean {
  return now < (window.expiresAt ?? Infinity) * 1000 && now >= (window.notBefore ?? 0) * 1000;
}

function parseActiveToken(answer: JsonObject): ActiveToken {
  const permissions = answer['permissions'];
  const audience = answer['aud'];
  return {
    clientId: optionalText(answer, 'client_id'),
    subject: optionalText(answer, 'sub'),
    expiresAt: optionalNumber(answer, 'exp'),
    notBefore: optionalNumber(answer, 'nbf'),
    permissions: Array.isArray(permissions) ? permissions.filter(isJsonObject).map(parsePermission) : [],
    scopes: (optionalText(answer, 'scope') ?? '').split(' ').filter((scope) => scope !== ''),
    audience: (Array.isArray(audience) ? audience : [audience]).filter((item) => typeof item === 'string'),
    senderConstrained: answer['cnf'] !== undefined,
  };
}

function parsePermission(permission: JsonObject): Permission {
  return {
    resourceId: textMember(permission, 'resource_id'),
    resourceScopes: textArray(permission, 'resource_scopes'),
    expiresAt: optionalNumber(permission, 'exp'),
    notBefore: optionalNumber(permission, 'nbf'),
  };
}
