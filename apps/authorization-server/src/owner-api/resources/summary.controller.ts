import { Controller, Get, Headers, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { SummaryView } from '@valetkey/owner-contract';
import { AccessRequestStore, OwnedResourceStore, ResourceMarksStore } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import { languagesOf } from '../owner-pages.js';
import { Owner, OwnerGuard } from '../owner.guard.js';

/** {issuer}/me/summary: the head of the home page. */
@Controller('me/summary')
@UseGuards(OwnerGuard)
export class SummaryController {
  constructor(
    private readonly owned: OwnedResourceStore,
    private readonly marks: ResourceMarksStore,
    private readonly requests: AccessRequestStore,
    private readonly clients: ClientRegistry,
    private readonly names: ConsoleNames,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@Owner() owner: OwnerId, @Headers('accept-language') accepted: string | undefined): Promise<SummaryView> {
    const now = this.clock.now();
    const keeping = await this.owned.serversOf(owner);
    const others = (await this.clients.resourceServers())
      .map(({ clientId }) => clientId)
      .filter((id) => !keeping.includes(id));
    const words = await this.names.of({ servers: [...keeping, ...others] }, languagesOf(accepted));
    const oldest = isoText((await this.requests.oldestPending(owner, now)) ?? null);
    return {
      resources: await this.owned.count(owner, { show: 'all' }, now),
      shared: await this.owned.count(owner, { show: 'shared' }, now),
      services: keeping.map((id) => words.service(id)),
      other_services: others.map((id) => words.service(id)),
      labels: await this.marks.labelsOf(owner),
      requests: {
        waiting: await this.requests.countPending(owner, now),
        ...(oldest !== undefined && { oldest_at: oldest }),
      },
    };
  }
}
