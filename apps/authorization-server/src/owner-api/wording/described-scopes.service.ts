import { Injectable } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import { ScopeWordingStore } from '../scope-wording.store.js';

/** Nobody gives away what she cannot read: changes of the console ask here first. */
@Injectable()
export class DescribedScopes {
  constructor(private readonly wording: ScopeWordingStore) {}

  /** Those that lack words in some language of the server. */
  lacking(scopes: readonly string[]): Promise<string[]> {
    return this.wording.unpublished(scopes);
  }

  /** @throws OAuthError scope_not_described when one of the scopes lacks words in some language of the server */
  async require(scopes: readonly string[]): Promise<void> {
    const lacking = await this.lacking(scopes);
    if (lacking.length > 0) throw new OAuthError('invalid_state', 'scope_not_described');
  }
}
