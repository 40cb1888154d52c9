import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubRequest {
  route: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface StubAnswer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  /** Instead of an ordinary answer. */
  write?: (response: ServerResponse) => void;
}

type Handler = (request: StubRequest) => StubAnswer | Promise<StubAnswer>;

const notFound: Handler = () => ({ status: 404, json: { error: 'not_found' } });

/**
 * Stands for an authorization server that misbehaves on demand. What a good one does is proven against the real server
 * in `test/`; this one exists to be slow, wrong, huge or gone.
 */
export class StubAuthorizationServer {
  readonly requests: StubRequest[] = [];
  private readonly handlers = new Map<string, Handler>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StubAuthorizationServer> {
    const server = createServer();
    const stub = new StubAuthorizationServer(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const route = `${request.method} ${request.url}`;
        void stub.answer({ route, headers: request.headers, body: Buffer.concat(chunks).toString() }, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub.reset();
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get metadata(): Record<string, unknown> {
    return {
      issuer: this.issuer,
      token_endpoint: `${this.issuer}/token`,
      resource_registration_endpoint: `${this.issuer}/uma/resources/`,
      permission_endpoint: `${this.issuer}/uma/permission`,
      introspection_endpoint: `${this.issuer}/introspect`,
    };
  }

  /** Forgets all that happened and all overrides: answers like a server where everything is well. */
  reset(): this {
    this.requests.length = 0;
    this.handlers.clear();
    this.on('GET /.well-known/uma2-configuration', () => ({ json: this.metadata }));
    this.on('POST /token', () => ({ json: { access_token: 'pat-1', token_type: 'Bearer', expires_in: 600 } }));
    this.on('POST /uma/permission', () => ({ status: 201, json: { ticket: 'ticket-1' } }));
    this.on('POST /introspect', () => ({ json: { active: false } }));
    return this;
  }

  on(route: string, handler: Handler): void {
    this.handlers.set(route, handler);
  }

  count(route: string): number {
    return this.requests.filter((request) => request.route === route).length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: StubRequest, response: ServerResponse): Promise<void> {
    this.requests.push(request);
    const handler = this.handlers.get(request.route) ?? notFound;
    const { status = 200, headers = {}, json, write } = await handler(request);
    if (write) return write(response);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(json === undefined ? undefined : JSON.stringify(json));
  }
}
