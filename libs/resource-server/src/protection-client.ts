import type { AuthorizationServer } from './authorization-server.js';
import { AuthorizationServerError } from './errors.js';
import { type ActiveToken, Introspection, type IntrospectionCacheOptions } from './introspection.js';
import { expectObject, textMember } from './json.js';
import { ProtectionApi } from './protection-api.js';
import { type OwnerConnection, ProtectionApiToken } from './protection-api-token.js';
import { ResourceRegistration } from './resource-registration.js';

/** What somebody needs in order to be served: scopes on a resource. */
export interface RequestedPermission {
  resourceId: string;
  scopes: readonly string[];
}

export interface ProtectionClientOptions extends IntrospectionCacheOptions {
  /** The owner's connection; without it the resource server itself is the resource owner. */
  owner?: OwnerConnection;
}

/**
 * The protection API of UMA 2.0 (FedAuthz sections 3 to 5) for the resources of one owner: registration, permission
 * tickets and introspection. Keep one instance for each owner; it holds that owner's PAT and its own answers.
 */
export class ProtectionClient {
  readonly resources: ResourceRegistration;
  private readonly api: ProtectionApi;
  private readonly introspection: Introspection;

  constructor(server: AuthorizationServer, options: ProtectionClientOptions = {}) {
    this.api = new ProtectionApi(server, new ProtectionApiToken(server, options.owner));
    this.resources = new ResourceRegistration(this.api);
    this.introspection = new Introspection((token) => this.ask(token), server.now, options);
  }

  /** Issuer of the authorization server that guards the resources. */
  get issuer(): string {
    return this.api.issuer;
  }

  now(): number {
    return this.api.now();
  }

  /** A ticket with which a client can ask for the permissions, all of them together (FedAuthz section 4). */
  async permissionTicket(...permissions: RequestedPermission[]): Promise<string> {
    const { permissionEndpoint: url } = await this.api.metadata();
    const json = permissions.map(({ resourceId, scopes }) => ({ resource_id: resourceId, resource_scopes: scopes }));
    const ticket = textMember(expectObject(await this.api.call({ method: 'POST', url, json }), 201), 'ticket');
    // It goes into a header field, where a quote or a line break would say something else.
    if (/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(ticket)) return ticket;
    throw new AuthorizationServerError('bad_answer', 'The permission ticket has characters that a header cannot carry');
  }

  /** What an RPT is worth now; undefined if it is unknown, expired, revoked or meant for somebody else (UF-30). */
  inspect(requestingPartyToken: string): Promise<ActiveToken | undefined> {
    return this.introspection.inspect(requestingPartyToken);
  }

  private async ask(token: string) {
    const { introspectionEndpoint: url } = await this.api.metadata();
    const form = { token, token_type_hint: 'access_token' };
    return expectObject(await this.api.call({ method: 'POST', url, form }), 200);
  }
}
