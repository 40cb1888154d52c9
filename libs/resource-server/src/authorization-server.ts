import type { ClientAuthentication } from './client-authentication.js';
import { discoveryUrl, isSafeUrl, parseMetadata, type ServerMetadata } from './discovery.js';
import { HttpClient, type HttpAnswer, type HttpExchange, type HttpLimits, type HttpRequest } from './http-client.js';
import { expectObject, type JsonObject } from './json.js';
import { SingleFlight } from './single-flight.js';

export interface AuthorizationServerOptions {
  /** The issuer identifier, exactly as the server itself writes it. https, unless it is on this machine. */
  issuer: string;
  /** How this resource server authenticates there. */
  authentication: ClientAuthentication;
  limits?: Partial<HttpLimits>;
  /** Sees every exchange with the server. */
  onExchange?: (exchange: HttpExchange) => void;
  /** Milliseconds since the epoch; for tests. */
  now?: () => number;
}

const METADATA_LIFETIME_MS = 3_600_000;

/**
 * The authorization server as this resource server sees it: its metadata, and calls as the OAuth client that the
 * resource server is. One instance serves all resource owners; `ProtectionClient` adds the token of one of them.
 */
export class AuthorizationServer {
  readonly issuer: string;
  readonly now: () => number;
  private readonly http: HttpClient;
  private readonly authentication: ClientAuthentication;
  private readonly discovery = new SingleFlight<ServerMetadata>();
  private known: { metadata: ServerMetadata; until: number } | undefined;

  constructor(options: AuthorizationServerOptions) {
    if (!isSafeUrl(options.issuer)) throw new TypeError('The issuer must be an https URL, or http on this machine');
    this.issuer = options.issuer;
    this.now = options.now ?? Date.now;
    this.authentication = options.authentication;
    this.http = new HttpClient(options.limits, options.onExchange);
  }

  /** The server's metadata, kept for an hour. Concurrent callers share one request; a failure is not remembered. */
  async metadata(): Promise<ServerMetadata> {
    if (this.known && this.now() < this.known.until) return this.known.metadata;
    return this.discovery.run('', async () => {
      const answer = await this.http.send({ method: 'GET', url: discoveryUrl(this.issuer) });
      const metadata = parseMetadata(this.issuer, expectObject(answer, 200));
      this.known = { metadata, until: this.now() + METADATA_LIFETIME_MS };
      return metadata;
    });
  }

  /** A request as it stands. */
  send(request: HttpRequest): Promise<HttpAnswer> {
    return this.http.send(request);
  }

  /** A form request that carries this resource server's client authentication. Throws unless the answer is a 200. */
  async sendAsClient(url: string, form: Record<string, string>): Promise<JsonObject> {
    const credentials = await this.authentication(this.issuer);
    const answer = await this.http.send({
      method: 'POST',
      url,
      form: { ...form, ...credentials.form },
      ...(credentials.headers ? { headers: credentials.headers } : {}),
    });
    return expectObject(answer, 200);
  }
}
