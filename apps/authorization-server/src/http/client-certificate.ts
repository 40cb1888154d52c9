import { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { certificateIn } from './certificate-header.js';
import { trustedProxies } from './trusted-proxies.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The certificate of the client's TLS connection, DER. */
    clientCertificate: Uint8Array | undefined;
    /** Where the request was sent, had it come by the address where certificates are asked for; absent: it cannot have. */
    certificateAlias: string | undefined;
  }
}

/**
 * Lets every request know the certificate of its client: from our own TLS connection, or from the header of a reverse proxy that
 * is configured. From anybody else that header says nothing (RFC 8705 section 6.5; CVE-2026-46579).
 */
export function readClientCertificates(fastify: FastifyInstance, config: Config): void {
  const { http, tls } = config;
  fastify.decorateRequest('clientCertificate', undefined);
  fastify.decorateRequest('certificateAlias', undefined);
  const name = tls.clientCertificateHeader?.toLowerCase();
  const isProxy = trustedProxies(http.trustedProxies);
  const aliasOf = aliasesOf(config);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { socket } = request.raw;
    if (name !== undefined && isProxy(socket.remoteAddress)) {
      request.clientCertificate = fromHeader(request, name);
      // A proxy need not say by which of its names it was called.
      request.certificateAlias = aliasOf?.(request.url);
    } else if (socket instanceof TLSSocket) {
      request.clientCertificate = socket.getPeerX509Certificate()?.raw;
      if (socket.localPort === tls.listener?.clientCertificatePort) request.certificateAlias = aliasOf?.(request.url);
    }
    done();
  });
}

/** What a target is called at the address of `mtls_endpoint_aliases`, which begins there as it does at the issuer. */
function aliasesOf({ issuer, tls }: Config): ((url: string) => string) | undefined {
  const { clientCertificateAddress: address } = tls;
  const prefix = new URL(issuer).pathname.replace(/\/$/, '');
  return address === undefined ? undefined : (url) => address + url.slice(prefix.length);
}

/** Sent twice, one of the two is somebody else's word. */
function fromHeader({ headers, raw: { rawHeaders } }: FastifyRequest, name: string): Uint8Array | undefined {
  const value = headers[name];
  if (typeof value !== 'string') return undefined;
  const times = rawHeaders.filter((one, index) => index % 2 === 0 && one.toLowerCase() === name).length;
  return times === 1 ? certificateIn(value) : undefined;
}
