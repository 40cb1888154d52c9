import { Inject, Injectable } from '@nestjs/common';
import { AccountStore } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { OwnerId, Party } from '@valetkey/authorizations';
import { isLive } from '@valetkey/authorizations';
import { TrustedIssuerStore } from '@valetkey/federation';
import type { RefreshToken, TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';

/**
 * Whether what a refresh token stands on is still there: the record, its owner, the resource server, and whoever vouches for the
 * requesting party being whom policies meant. It stands again when the ground comes back.
 */
@Injectable()
export class RefreshGround {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly accounts: AccountStore,
    private readonly issuers: TrustedIssuerStore,
    @Inject(TOKEN_OPTIONS) private readonly options: Pick<TokenOptions, 'issuer'>,
  ) {}

  /**
   * False when the record has ended, when its owner, its resource server or its party's account was disabled, her issuer distrusted, or
   * her identity taken off the account that she had.
   */
  async stands({ authorization }: RefreshToken, now: Instant): Promise<boolean> {
    const { owner, resourceServerId, party } = authorization;
    if (!isLive(authorization, now) || !(await this.isEnabled(owner))) return false;
    return (await this.isServed(resourceServerId)) && (await this.isVouchedFor(party));
  }

  /**
   * Whether the client may still have tokens for that audience: it is one of its own, or these scopes, which it has left, open it
   * (decision 0008).
   */
  async isOpenTo(client: Client, { audience, scopes }: Pick<RefreshToken, 'audience' | 'scopes'>): Promise<boolean> {
    if (audience === null || audience === this.options.issuer || client.audiences.includes(audience)) return true;
    const servers = await this.clients.resourceServers();
    return servers.some((one) => one.resource === audience && one.scopes.some((scope) => scopes.includes(scope)));
  }

  private async isEnabled(owner: OwnerId): Promise<boolean> {
    const id = owner.slice(owner.indexOf(':') + 1);
    if (owner.startsWith('account:')) return this.accounts.isEnabled(id);
    return (await this.clients.findEnabled(id)) !== undefined;
  }

  private async isServed(resourceServerId: string | null): Promise<boolean> {
    return resourceServerId === null || (await this.clients.resourceServer(resourceServerId)) !== undefined;
  }

  private async isVouchedFor(party: Party | null): Promise<boolean> {
    if (party === null) return true;
    const { issuer, subject, accountId } = party;
    // Who signed in here needs nobody's word.
    if (issuer === this.options.issuer) return this.accounts.isEnabled(subject);
    const trusted = await this.issuers.enabled();
    if (!trusted.some((one) => one.issuer === issuer)) return false;
    const account = await this.accounts.findLinked(issuer, subject);
    if (account?.enabled === false) return false;
    return accountId === undefined || account?.id === accountId;
  }
}
