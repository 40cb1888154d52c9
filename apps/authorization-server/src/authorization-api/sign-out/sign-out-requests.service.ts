import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import type { FormParameters } from '@valetkey/oauth';
import { withQuery } from '@valetkey/oauth';
import type { Hint } from '../../interaction/id-token-hints.service.js';
import { IdTokenHints } from '../../interaction/id-token-hints.service.js';

const PARAMETERS = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales'] as const;

/** A request to sign out that was understood. */
export interface SignOutRequest {
  readonly client: Client | undefined;
  readonly hint: Hint | undefined;
  /** The registered address to return to, as it was asked for. */
  readonly returnTo: string | undefined;
  /** The same with the client's `state`. */
  readonly location: string | undefined;
  readonly uiLocales: string | undefined;
  /** What a form has to carry on. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads requests to sign out (OpenID Connect RP-Initiated Logout 1.0 section 2). */
@Injectable()
export class SignOutRequests {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly hints: IdTokenHints,
  ) {}

  /** `undefined` when the request contradicts itself or names an address that is not the client's: nobody is sent there. */
  async read(parameters: FormParameters): Promise<SignOutRequest | undefined> {
    const hint = await this.hintOf(parameters.get('id_token_hint'));
    const clientId = parameters.get('client_id');
    const client = hint?.client ?? (await this.find(clientId));
    if (clientId !== undefined && client?.id !== clientId) return undefined;
    const returnTo = parameters.get('post_logout_redirect_uri');
    // OC-07: exact match, and only for a client that is known by its hint or its id.
    if (returnTo !== undefined && !client?.metadata.postLogoutRedirectUris.includes(returnTo)) return undefined;
    const location = returnTo === undefined ? undefined : withState(returnTo, parameters.get('state'));
    return {
      client,
      hint,
      returnTo,
      location,
      uiLocales: parameters.get('ui_locales'),
      parameters: carried(parameters),
    };
  }

  private async hintOf(token: string | undefined): Promise<Hint | undefined> {
    return token === undefined ? undefined : this.hints.read(token);
  }

  private async find(clientId: string | undefined): Promise<Client | undefined> {
    return clientId === undefined ? undefined : this.clients.findEnabled(clientId);
  }

  /** Whether the request proves by itself that the application speaks of this very session. */
  isSure({ hint }: SignOutRequest, session: Session): boolean {
    return hint !== undefined && this.hints.isOf(hint, session);
  }
}

/** What a form of ours has to bring back. */
function carried(parameters: FormParameters): Record<string, string> {
  const present = PARAMETERS.map((name) => [name, parameters.get(name)] as const);
  return Object.fromEntries(present.filter((pair): pair is [never, string] => pair[1] !== undefined));
}

function withState(address: string, state: string | undefined): string {
  return state === undefined ? address : withQuery(address, { state });
}
