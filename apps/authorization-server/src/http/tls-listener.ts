import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { TlsListenerConfig } from '../config/config.js';
import type { ServerCertificate } from '../config/source/server-certificate.js';
import { readServerCertificate } from '../config/source/server-certificate.js';
import { SERVER_LIMITS } from './fastify-options.js';

const LOOK_EVERY = 2_000;
const SWEEP_IDLE_EVERY = 50;
const HANDSHAKE_TIMEOUT = 10_000;

/** What a listener gives its requests to. */
export interface TlsGround {
  readonly config: TlsListenerConfig;
  readonly fastify: FastifyInstance;
  readonly logger: Logger;
}

/**
 * Listens for TLS beside plain HTTP and hands every request to the same routes. On a port of its own clients are asked for a
 * certificate; whether one is worth anything is decided where it is used (RFC 8705), so that none fails the handshake.
 */
export class TlsListener {
  private readonly servers: Server[] = [];
  private watch: NodeJS.Timeout | undefined;
  /** What was last told not to be usable, so that it is told once. */
  private refused: string | undefined;
  private isClosing = false;

  private constructor(
    private readonly ground: TlsGround,
    private shown: ServerCertificate,
  ) {}

  /** Listens on all ports of the settings. Rejects with the system's error where one cannot be had; none stays open then. */
  static async open(ground: TlsGround): Promise<TlsListener> {
    const { config } = ground;
    const listener = new TlsListener(ground, readServerCertificate(config));
    listener.warnWhenOver();
    try {
      await listener.listen(config.port, false);
      if (config.clientCertificatePort !== undefined) await listener.listen(config.clientCertificatePort, true);
    } catch (error) {
      await listener.close();
      throw error;
    }
    listener.watch = setInterval(() => listener.look(), LOOK_EVERY).unref();
    return listener;
  }

  /** Takes no new connections, answers what was accepted, and resolves when the last connection is closed. */
  async close(): Promise<void> {
    this.isClosing = true;
    clearInterval(this.watch);
    const sweep = setInterval(() => this.servers.forEach((server) => server.closeIdleConnections()), SWEEP_IDLE_EVERY);
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
    clearInterval(sweep);
  }

  private async listen(port: number, asksForCertificate: boolean): Promise<void> {
    const { fastify, config } = this.ground;
    const server = createServer({
      ...SERVER_LIMITS,
      ...this.secrets(),
      minVersion: 'TLSv1.2',
      handshakeTimeout: HANDSHAKE_TIMEOUT,
      requestCert: asksForCertificate,
      rejectUnauthorized: false,
    });
    server.on('request', (request, response) => {
      // A busy connection would never become idle while its client has something to ask.
      if (this.isClosing) response.shouldKeepAlive = false;
      fastify.routing(request, response);
    });
    // Malformed requests are answered as on the plain port.
    server.on('clientError', (error, socket) => fastify.server.emit('clientError', error, socket));
    server.listen(port, config.host);
    await once(server, 'listening');
    this.servers.push(server);
  }

  private secrets(): { cert: string; key: string } {
    return { cert: this.shown.chain, key: this.shown.privateKey };
  }

  /** New files are shown to new connections. While they do not fit, the certificate of before stays. */
  private look(): void {
    const { config, logger } = this.ground;
    try {
      const found = readServerCertificate(config);
      if (found.chain === this.shown.chain && found.privateKey === this.shown.privateKey) return;
      const before = this.shown;
      this.shown = found;
      try {
        for (const server of this.servers) server.setSecureContext(this.secrets());
      } catch (error) {
        this.shown = before;
        throw error;
      }
      this.refused = undefined;
      logger.info({ validTo: found.own.validTo }, 'a new certificate of this server is in use');
      this.warnWhenOver();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== this.refused) logger.error({ reason }, 'the new certificate of this server cannot be used');
      this.refused = reason;
    }
  }

  private warnWhenOver(): void {
    const { validTo } = this.shown.own;
    if (Date.parse(validTo) <= Date.now())
      this.ground.logger.warn({ validTo }, 'the certificate of this server is over');
  }
}
