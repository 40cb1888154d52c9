import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { TokenOptions } from '@valetkey/tokens';
import { audienceNamed } from './domain/own-apis.js';
import type {
  Audiences,
  HeldAccess,
  RefreshableAccess,
  RefreshedTarget,
  RequestedAccess,
  Target,
} from './domain/target.js';
import {
  audiencesOfGrant,
  remainingAccess,
  resolveRequestedAccess,
  resolveTarget,
  scopesOfResources,
  targetOfGrant,
  targetOfRefresh,
} from './domain/target.js';

/** What an access token is for, and all that others of the same grant can be for. */
export interface GrantedTarget {
  readonly target: Target;
  readonly granted: RequestedAccess;
}

/** Scopes and audience of a request against what is registered now. */
@Injectable()
export class TargetResolver {
  constructor(
    private readonly registry: ClientRegistry,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** @throws OAuthError invalid_scope or invalid_target */
  async resolve(client: Client, scope: string | undefined, resources: readonly string[]): Promise<Target> {
    return resolveTarget(client, scope, this.named(resources), await this.audiences());
  }

  /** What a person is asked for. @throws OAuthError invalid_scope or invalid_target */
  async resolveRequest(
    client: Client,
    scopes: readonly string[],
    resources: readonly string[],
  ): Promise<RequestedAccess> {
    return resolveRequestedAccess(client, scopes, this.named(resources), await this.audiences());
  }

  /** Of these scopes, those that are about the person or belong to one of the resources. */
  async scopesOf(scopes: readonly string[], resources: readonly string[]): Promise<string[]> {
    return scopesOfResources(scopes, resources, await this.audiences());
  }

  /** What one token of what a person gave is for, as far as it still holds. @throws OAuthError invalid_grant, invalid_target */
  async resolveGrant(held: HeldAccess, resources: readonly string[]): Promise<GrantedTarget> {
    const audiences = await this.audiences();
    const remaining = remainingAccess(held, audiences);
    const target = targetOfGrant(remaining, this.named(resources), audiences);
    const possible = audiencesOfGrant(remaining, audiences).filter((one) => one !== null);
    return { target, granted: { scopes: remaining.scopes, resources: possible } };
  }

  /** What a token of a refresh token may be for. @throws OAuthError invalid_target */
  async resolveRefresh(
    granted: RefreshableAccess,
    asked: RefreshedTarget,
  ): Promise<Pick<Target, 'audience' | 'scopes'>> {
    const named = { ...asked, resources: this.named(asked.resources) };
    return targetOfRefresh(granted, named, await this.audiences());
  }

  /** Each of this server's own APIs stands for the server. */
  private named(resources: readonly string[]): readonly string[] {
    return resources.map((resource) => audienceNamed(resource, this.options.issuer));
  }

  private async audiences(): Promise<Audiences> {
    return { issuer: this.options.issuer, servers: await this.registry.resourceServers() };
  }
}
