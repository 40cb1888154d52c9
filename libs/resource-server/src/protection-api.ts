import type { AuthorizationServer } from './authorization-server.js';
import type { ServerMetadata } from './discovery.js';
import type { HttpAnswer, HttpRequest } from './http-client.js';
import type { ProtectionApiToken } from './protection-api-token.js';

/** Calls to the protection API in the name of one resource owner: every request carries that owner's PAT. */
export class ProtectionApi {
  constructor(
    private readonly server: AuthorizationServer,
    private readonly token: ProtectionApiToken,
  ) {}

  get issuer(): string {
    return this.server.issuer;
  }

  now(): number {
    return this.server.now();
  }

  metadata(): Promise<ServerMetadata> {
    return this.server.metadata();
  }

  /** Sends with the PAT. A PAT that is refused (revoked, or its server restored from a backup) is renewed once. */
  async call(request: HttpRequest): Promise<HttpAnswer> {
    const pat = await this.token.value();
    const answer = await this.send(request, pat);
    if (answer.status !== 401) return answer;
    this.token.discard(pat);
    return this.send(request, await this.token.value());
  }

  private send(request: HttpRequest, pat: string): Promise<HttpAnswer> {
    return this.server.send({ ...request, headers: { ...request.headers, authorization: `Bearer ${pat}` } });
  }
}
