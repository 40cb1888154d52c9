import { Injectable } from '@nestjs/common';
import { Clock, matchesSha256, sha256 } from '@valetkey/kernel';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import type { FormParameters } from '../domain/form-parameters.js';
import { CERTIFICATE_METHODS } from '@valetkey/protocol';
import { OAuthError } from '../domain/oauth-error.js';
import type { SenderRequest } from '../sender-constraint/sender-constraint.service.js';
import { SecurityEvents } from '../security-events.js';
import { ClientAssertionVerifier } from './client-assertion.verifier.js';
import { ClientCertificates } from './client-certificates.service.js';
import { FailureThrottle } from './failure-throttle.js';
import type { PresentedCredentials } from './presented-credentials.js';
import { invalidClient, readCredentials } from './presented-credentials.js';

/** What of an HTTP request client authentication looks at. */
export interface AuthenticationRequest {
  readonly parameters: FormParameters;
  readonly authorization: string | undefined;
  /** The peer's address: failures are counted for each (client, address). */
  readonly address: string;
  /** A proxy that is not configured passed the request on: the address may be that proxy's. */
  readonly isForwarded?: boolean;
  /** What says which key the sender holds. */
  readonly sender: SenderRequest;
}

const MOST_FAILURES = 100;
const FAILURE_WINDOW = 60_000;
/** Compared against when there is no such client, so that unknown and wrong take the same path and time. */
const NO_SECRET = sha256('no client has this secret');

/** Authenticates clients: only the method that a client is registered with counts (catalogue: downgrade). */
@Injectable()
export class ClientAuthenticator {
  private readonly throttle = new FailureThrottle(MOST_FAILURES, FAILURE_WINDOW);

  constructor(
    private readonly registry: ClientRegistry,
    private readonly assertions: ClientAssertionVerifier,
    private readonly certificates: ClientCertificates,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * The enabled client that sent the request; a public client is taken at its word (`none`).
   * @throws OAuthError invalid_client, invalid_request; 429 instead, after too many failures of this client from this address
   */
  async authenticate(request: AuthenticationRequest): Promise<Client> {
    const { address } = request;
    const credentials = readCredentials(request.authorization, request.parameters);
    const clientId = this.claimedClientId(credentials);
    try {
      return await this.verify(credentials, clientId, request);
    } catch (error) {
      if (error instanceof OAuthError && error.code === 'invalid_client') {
        const { reason } = error;
        const known = reason === 'client_unknown' ? {} : { clientId };
        this.events.record({ event: 'client_authentication_failed', reason, ...known, address });
        // Secrets can be guessed, signatures cannot: their failures lock nobody out. A digest, since both parts may be long.
        if ('secret' in credentials) this.slowGuessing(sha256(`${clientId}\n${address}`));
      }
      throw error;
    }
  }

  /** The client that a request says it is from, unverified; `undefined` when it does not say, or not well. */
  claimedClient({
    authorization,
    parameters,
  }: Pick<AuthenticationRequest, 'authorization' | 'parameters'>): string | undefined {
    try {
      return this.claimedClientId(readCredentials(authorization, parameters));
    } catch {
      return undefined;
    }
  }

  private claimedClientId(credentials: PresentedCredentials): string {
    if (credentials.method !== 'private_key_jwt') return credentials.clientId;
    const claimed = this.assertions.claimedClient(credentials.assertion);
    if (claimed === undefined) throw invalidClient('assertion_malformed', false);
    if (credentials.clientId !== undefined && credentials.clientId !== claimed) {
      throw invalidClient('client_id_mismatch', false);
    }
    return claimed;
  }

  /** Only wrong credentials are refused so: right ones must work, whoever else sends wrong ones from the same address. */
  private slowGuessing(key: string): void {
    const now = this.clock.now();
    const wait = this.throttle.waitOf(key, now);
    this.throttle.fail(key, now);
    if (wait > 0) {
      const headers = { 'retry-after': String(Math.ceil(wait / 1000)) };
      throw new OAuthError('invalid_client', 'too_many_failures', headers, 429);
    }
  }

  private async verify(
    credentials: PresentedCredentials,
    clientId: string,
    { address, sender }: AuthenticationRequest,
  ): Promise<Client> {
    const usedHeader = credentials.method === 'client_secret_basic';
    const client = await this.registry.find(clientId);
    const proven = 'secret' in credentials ? await this.withSecret(client, credentials.secret) : client;
    if (!proven) throw invalidClient(client ? 'secret_mismatch' : 'client_unknown', usedHeader);
    if (!proven.enabled) throw invalidClient('client_disabled', usedHeader);
    const isByCertificate = CERTIFICATE_METHODS.includes(proven.authenticationMethod);
    if (!isMethodOf(proven, credentials)) throw invalidClient('method_mismatch', usedHeader);
    if (isByCertificate) await this.certificates.verify(proven, sender.certificate);
    if (credentials.method === 'private_key_jwt') await this.assertions.verify(credentials.assertion, proven, address);
    return proven;
  }

  /**
   * The client when it has this secret. One that seems not to is read again: the secret may have been made on another node a
   * moment ago. So a wrong secret costs the read that an unknown client costs, and time does not tell them apart.
   */
  private async withSecret(client: Client | undefined, secret: string): Promise<Client | undefined> {
    if (this.hasSecret(client, secret)) return client;
    const stored = client && (await this.registry.findAfresh(client.id));
    return stored && this.hasSecret(stored, secret) ? stored : undefined;
  }

  private hasSecret(client: Client | undefined, presented: string): boolean {
    const now = this.clock.now();
    const secrets = client?.secrets.length ? client.secrets : [{ hash: NO_SECRET, expiresAt: 0 }];
    // Every secret is compared, so the time does not tell which of two matched.
    return secrets
      .map((secret) => matchesSha256(presented, secret.hash) && (secret.expiresAt === null || now < secret.expiresAt))
      .includes(true);
  }
}

function isMethodOf({ authenticationMethod, metadata }: Client, { method, ...shown }: PresentedCredentials): boolean {
  // The certificate is of the connection: the form has the identifier alone (RFC 8705 section 2).
  if (CERTIFICATE_METHODS.includes(authenticationMethod)) return method === 'none';
  return method === authenticationMethod || (metadata.eitherSecretMethod && 'secret' in shown);
}
