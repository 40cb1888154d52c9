import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import type { OwnerId, Party } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import { ShareStore } from '@valetkey/uma';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { RequestRates } from '../../http/request-rates.service.js';
import { partnerHandle } from '../subjects/subject-handle.js';
import { AcquaintancesStore } from './acquaintances.store.js';

/** Whom an owner may name by the identifier of an account: nobody learns by naming people what a search would not tell. */
@Injectable()
export class NamedHolders {
  constructor(
    private readonly shares: ShareStore,
    private readonly acquaintances: AcquaintancesStore,
    private readonly rates: RequestRates,
    @Inject(CONFIG) private readonly config: Pick<Config, 'sharing'>,
  ) {}

  /**
   * Lets an owner name an account: one that she knows at once; a stranger's, whether there is one or not, counts as a search does, and not
   * at all where strangers are found by nobody.
   * @throws OAuthError invalid_request holder_unknown, 429
   */
  async admit(owner: OwnerId, accountId: string): Promise<void> {
    if (await this.knows(owner, accountId)) return;
    await this.rates.search(owner);
    if (this.config.sharing.directory === 'none') throw new OAuthError('invalid_request', 'holder_unknown');
  }

  /** What a share with the account is kept under: its name, or its id where that was withheld from the owner. */
  async nameOf(owner: OwnerId, { id, name }: Pick<Person, 'id' | 'name'>): Promise<string> {
    return (await this.acquaintances.of(owner)).unnamed.has(id) ? id : name;
  }

  /** Somebody at a partner who asked the owner for something not long ago, whatever came of it; `undefined` for anybody else. */
  async partner(owner: OwnerId, handle: string): Promise<Party | undefined> {
    const { partners } = await this.acquaintances.of(owner);
    return partners.find(({ issuer, subject }) => partnerHandle(issuer, subject) === handle);
  }

  private async knows(owner: OwnerId, accountId: string): Promise<boolean> {
    const subject = { type: 'account', accountId } as const;
    const shared = await this.shares.firstFor(owner, [subject]);
    return shared(subject) !== undefined || (await this.acquaintances.of(owner)).accounts.includes(accountId);
  }
}
