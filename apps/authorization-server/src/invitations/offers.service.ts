import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import { OAuthError } from '@valetkey/oauth';
import type { GivenPermission, Invitation, Policy } from '@valetkey/uma';
import { ResourceStore } from '@valetkey/uma';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { SharingWindow } from '../owner-api/access/sharing-window.service.js';
import { accountOf } from '../owner-api/subjects/subject-handle.js';
import { DescribedScopes } from '../owner-api/wording/described-scopes.service.js';

/** What an invitation would give at this moment. */
export interface Offer {
  readonly invitation: Invitation;
  readonly owner: Person;
  /** At least one. */
  readonly given: readonly GivenPermission[];
  readonly window: Pick<Policy, 'notBefore' | 'expiresAt'>;
}

/** Looks again at what was offered, with the rules of a share that is given now: the owner and her things may have changed since. */
@Injectable()
export class Offers {
  constructor(
    private readonly resources: ResourceStore,
    private readonly persons: Persons,
    private readonly described: DescribedScopes,
    private readonly window: SharingWindow,
    @Inject(CONFIG) private readonly config: Pick<Config, 'sharing'>,
  ) {}

  /**
   * What is left of it: resources that are gone, and what they are not registered with any more, are left out. `undefined` where nothing
   * is, where the owner is not there any more, or where nobody may be invited now.
   */
  async of(invitation: Invitation): Promise<Offer | undefined> {
    if (!this.config.sharing.invitations) return undefined;
    const owner = await this.persons.find(accountOf(invitation.owner) ?? '');
    const window = this.windowOf(invitation);
    if (!owner?.enabled || !window) return undefined;
    const given = await this.left(invitation, window);
    return given.length === 0 ? undefined : { invitation, owner, given, window };
  }

  private windowOf({ notBefore, expiresAt }: Invitation): Offer['window'] | undefined {
    const [from, until] = [notBefore, expiresAt].map((at) => (at === null ? null : new Date(at).toISOString()));
    try {
      return this.window.of({ until: until ?? null, ...(from && { from }) }, 'invitation_malformed');
    } catch (error) {
      if (error instanceof OAuthError) return undefined;
      throw error;
    }
  }

  private async left({ owner, resourceIds, scopes }: Invitation, window: Offer['window']): Promise<GivenPermission[]> {
    const [found, lacking] = [await this.resources.findAll(resourceIds), await this.described.lacking(scopes)];
    return resourceIds.flatMap((resourceId) => {
      const resource = found.get(resourceId);
      const registered = scopes.filter((scope) => resource?.scopes.has(scope) && !lacking.includes(scope));
      const isHers = resource?.owner === owner && registered.length > 0;
      return isHers ? [{ resourceId, scopes: registered, ...window }] : [];
    });
  }
}
