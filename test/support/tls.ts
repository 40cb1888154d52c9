import { once } from 'node:events';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { alternativeName, type Identity, issue, pemOfKey } from './certificates.js';
import { FormBrowser } from './form-browser.js';
import { freePort } from './free-port.mjs';

/** What the libraries call in place of the global `fetch`, which trusts the authorities of this machine alone. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

export interface FetchInit {
  readonly method?: string;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: unknown;
}

/** `fetch` that trusts one authority, follows nothing, and shows a certificate where it is asked for one. */
export async function fetchTrusting({ pem: ca }: Identity, shown?: Identity): Promise<Fetch> {
  const own = shown && { cert: shown.pem, key: await pemOfKey(shown) };
  return async (url, { method = 'GET', headers, body }) => {
    const sent = new Headers(headers);
    const isForm = body instanceof URLSearchParams;
    if (isForm && !sent.has('content-type')) sent.set('content-type', 'application/x-www-form-urlencoded');
    const content = isForm ? body.toString() : typeof body === 'string' ? body : undefined;
    if (content !== undefined) sent.set('content-length', String(Buffer.byteLength(content)));
    const asked = request(url, { method, headers: Object.fromEntries(sent), ca, agent: false, ...own });
    asked.end(content);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const received = await buffer(answer);
    return new Response(received.length > 0 ? new Uint8Array(received) : null, {
      status: answer.statusCode ?? 0,
      headers: headersOf(answer),
    });
  };
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  return headers;
}

/** A browser that trusts the authority of the test. */
export class TlsBrowser extends FormBrowser {
  constructor(
    issuer: string,
    private readonly trusting: Fetch,
  ) {
    super(issuer);
  }

  protected override fetch(...exchange: Parameters<Fetch>): Promise<Response> {
    return this.trusting(...exchange);
  }
}

/** An authority, and a certificate of this machine from it in files as servers read them. */
export interface TlsGround {
  readonly authority: Identity;
  readonly folder: string;
  /** Where nobody is asked for a certificate, and where clients are. */
  readonly ports: { readonly plain: number; readonly asking: number };
  /** Members of `tls` in the settings of a server that listens there itself. */
  readonly listener: Readonly<Record<string, unknown>>;
  dispose(): Promise<void>;
}

/** Makes the files `server.pem`, `server.key` and `ca.pem`, and finds two ports. */
export async function tlsGround(): Promise<TlsGround> {
  const folder = await mkdtemp(join(tmpdir(), 'valetkey-tls-'));
  const authority = await issue({ subject: 'CN=Authority', isAuthority: true });
  const extensions = [alternativeName('ip', '127.0.0.1')];
  const own = await issue({ subject: 'CN=127.0.0.1', issuer: authority, extensions });
  const files = { 'server.pem': own.pem, 'server.key': await pemOfKey(own), 'ca.pem': authority.pem };
  for (const [name, content] of Object.entries(files)) await placeFile(join(folder, name), content);
  const ports = { plain: await freePort(), asking: await freePort() };
  return {
    authority,
    folder,
    ports,
    listener: {
      certificate: join(folder, 'server.pem'),
      private_key: join(folder, 'server.key'),
      port: ports.plain,
      client_certificate_port: ports.asking,
      client_certificate_authorities: join(folder, 'ca.pem'),
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As programs that renew certificates do it: a complete file takes the place of the old one. */
export async function placeFile(path: string, content: string | Buffer): Promise<void> {
  await writeFile(`${path}.new`, content);
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
}
