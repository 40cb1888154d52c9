import { Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import type { AuthorizationRequest } from '@valetkey/oauth';
import { OAuthError, RequestValidator } from '@valetkey/oauth';
import type { ErrorCode } from '@valetkey/protocol';
import { PageError } from '../../pages/http/page-error.js';

/** Requests that wait for a person, held against what is registered now. */
@Injectable()
export class StandingRequests {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly validator: RequestValidator,
  ) {}

  /** The client that asks, or `undefined` when it was disabled or removed meanwhile. */
  findClient({ clientId }: AuthorizationRequest): Promise<Client | undefined> {
    return this.clients.findEnabled(clientId);
  }

  /** @throws PageError when the client was disabled or removed meanwhile */
  async clientOf(request: AuthorizationRequest): Promise<Client> {
    const client = await this.findClient(request);
    if (!client) throw new PageError('unknown_application', 'client_disabled_meanwhile');
    return client;
  }

  /**
   * Why the client may not ask for it any more; `undefined` while it may: she gives nothing that it may not have.
   * @throws PageError when its address is not registered any more
   */
  async lost(
    request: AuthorizationRequest,
    client: Client,
  ): Promise<{ readonly step: 'error'; readonly code: ErrorCode } | undefined> {
    try {
      await this.validator.validateAgain(client, request);
      return undefined;
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      // Nobody is sent to an address that was taken away, not with an error either.
      if (error.reason === 'redirect_uri_unregistered') throw new PageError('bad_request', error.reason);
      return { step: 'error', code: error.code };
    }
  }
}
