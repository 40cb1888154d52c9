import { Inject, Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { InvitationDraft } from '@valetkey/uma';
import { emailAddress } from '@valetkey/uma';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { RequestRates } from '../../http/request-rates.service.js';
import { SharingWindow } from '../access/sharing-window.service.js';
import { accountOfOwner } from '../subjects/subject-handle.js';
import { DescribedScopes } from '../wording/described-scopes.service.js';
import type { InvitationBody } from './invitation-schema.js';

/**
 * Checks what an owner wants to offer, as for a share. Whether the address is that of an account here is asked nowhere: nobody learns by
 * inviting what a search would not tell.
 */
@Injectable()
export class InvitationTerms {
  constructor(
    private readonly window: SharingWindow,
    private readonly described: DescribedScopes,
    private readonly persons: Persons,
    private readonly rates: RequestRates,
    @Inject(CONFIG) private readonly config: Pick<Config, 'sharing'>,
  ) {}

  /**
   * @throws OAuthError not_found for owners who are no people, invalid_request where nobody may be invited, for what is no address,
   *   for her own, and as for a share; 429 when she invites too many, or the same one too often
   */
  async of(owner: OwnerId, body: InvitationBody): Promise<InvitationDraft> {
    const inviter = await this.persons.find(accountOfOwner(owner));
    if (!this.config.sharing.invitations) throw new OAuthError('invalid_request', 'invitations_off');
    const address = emailAddress(body.address);
    if (address === undefined) throw new OAuthError('invalid_request', 'invitation_malformed');
    if (address.toLowerCase() === inviter?.email?.toLowerCase())
      throw new OAuthError('invalid_request', 'invites_herself');
    const window = this.window.of(body, 'invitation_malformed');
    // What goes to somebody else's mailbox is said in words, however the owner came.
    await this.described.require(body.scopes);
    await this.rates.invitation(owner, address);
    const note = body.note === undefined || body.note === '' ? null : body.note;
    return { address, resourceIds: body.resource_ids, scopes: body.scopes, ...window, note };
  }
}
