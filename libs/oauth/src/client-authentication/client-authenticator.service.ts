import { Injectable } from '@nestjs/common';
import { Clock, matchesSha256, sha256 } from '@valetkey/kernel';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import type { FormParameters } from '../domain/form-parameters.js';
import { OAuthError } from '../domain/oauth-error.js';
import { SecurityEvents } from '../security-events.js';
import { ClientAssertionVerifier } from './client-assertion.verifier.js';
import { FailureThrottle } from './failure-throttle.js';
import type { PresentedCredentials } from './presented-credentials.js';
import { invalidClient, readCredentials } from './presented-credentials.js';

/** What of an HTTP request client authentication looks at. */
export interface AuthenticationRequest {
  readonly parameters: FormParameters;
  readonly authorization: string | undefined;
  /** The peer's address: failures are counted for each (client, address). */
  readonly address: string;
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
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * The enabled client that sent the request; a public client is taken at its word (`none`).
   * @throws OAuthError invalid_client, invalid_request; 429 instead, after too many failures of this client from this address
   */
  async authenticate(request: AuthenticationRequest): Promise<Client> {
    const credentials = readCredentials(request.authorization, request.parameters);
    const clientId = this.claimedClientId(credentials);
    // Secrets can be guessed, signatures cannot: their failures lock nobody out.
    const key = 'secret' in credentials ? `${clientId}\n${request.address}` : undefined;
    try {
      return await this.verify(credentials, clientId);
    } catch (error) {
      if (error instanceof OAuthError && error.code === 'invalid_client') {
        this.events.record({ event: 'client_authentication_failed', reason: error.reason, clientId });
        if (key !== undefined) this.slowGuessing(key);
      }
      throw error;
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

  private async verify(credentials: PresentedCredentials, clientId: string): Promise<Client> {
    const client = await this.registry.findEnabled(clientId);
    const usedHeader = credentials.method === 'client_secret_basic';
    if ('secret' in credentials && !this.hasSecret(client, credentials.secret)) {
      throw invalidClient(client ? 'secret_mismatch' : 'client_unknown', usedHeader);
    }
    if (!client) throw invalidClient('client_unknown', usedHeader);
    if (client.authenticationMethod !== credentials.method) throw invalidClient('method_mismatch', usedHeader);
    if (credentials.method === 'private_key_jwt') await this.assertions.verify(credentials.assertion, client);
    return client;
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
