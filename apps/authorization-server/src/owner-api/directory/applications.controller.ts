import { Controller, Get, Headers, Param, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { OAuthError } from '@valetkey/oauth';
import type { ApplicationView } from '@valetkey/owner-contract';
import { GRANT_TYPE, IDENTITY_SCOPES, SERVER_SCOPE } from '@valetkey/protocol';
import { RequestRates } from '../../http/request-rates.service.js';
import { languagesOf } from '../owner-pages.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { ScopeWordingStore } from '../scope-wording.store.js';
import { SubjectNames } from '../subjects/subject-names.service.js';
import { clientHandle } from '../subjects/subject-handle.js';

/** {issuer}/me/applications/{handle}: what an owner has to know of an application before she gives it access. */
@Controller('me/applications')
@UseGuards(OwnerGuard)
export class ApplicationsController {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly names: SubjectNames,
    private readonly wording: ScopeWordingStore,
    private readonly rates: RequestRates,
  ) {}

  /** Those that a search finds, and no others. */
  @Get(':id')
  @Changes()
  async read(
    @Owner() owner: OwnerId,
    @Param('id') handle: string,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ApplicationView> {
    await this.rates.search(owner);
    const client = handle === owner ? undefined : await this.usable(handle);
    if (!client) throw new OAuthError('not_found', 'not_found');
    const subjects = await this.names.of({ clients: [client.id] });
    return {
      subject: subjects.client(client.id),
      scopes: await this.wording.views(client.scopes.filter(isOfResources), languagesOf(accepted)),
    };
  }

  private async usable(handle: string): Promise<Client | undefined> {
    const id = handle.replace(/^client:/, '');
    if (clientHandle(id) !== handle) return undefined;
    const client = await this.clients.findEnabled(id);
    return client?.grantTypes.includes(GRANT_TYPE.umaTicket) === true ? client : undefined;
  }
}

/** What is neither about the owner herself nor about this server's own interfaces. */
function isOfResources(scope: string): boolean {
  return !IDENTITY_SCOPES.includes(scope) && !Object.values<string>(SERVER_SCOPE).includes(scope);
}
