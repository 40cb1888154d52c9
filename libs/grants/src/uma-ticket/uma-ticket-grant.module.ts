import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { FederationModule } from '@valetkey/federation';
import { OAuthModule } from '@valetkey/oauth';
import { ClaimsAssessment } from './claims-assessment.service.js';
import { ClaimsGathering } from './claims-gathering.service.js';
import { OwnerRequests } from './owner-requests.service.js';
import { PartyRecords } from './party-records.service.js';
import { OwnSignIns } from './own-sign-ins.service.js';
import { RequestingPartyService } from './requesting-party.service.js';
import { RptGrant } from './rpt-grant.service.js';
import { RptUpgrades } from './rpt-upgrades.service.js';
import { TicketAccess } from './ticket-access.service.js';
import { TicketAssessor } from './ticket-assessor.service.js';
import { TicketGround } from './ticket-ground.service.js';
import { TicketRefusals } from './ticket-refusals.service.js';
import { TicketSuccession } from './ticket-succession.service.js';
import { UmaTicketGrant } from './uma-ticket.grant.js';

@Module({
  imports: [OAuthModule, FederationModule, AccountsModule],
  providers: [
    TicketAccess,
    TicketGround,
    PartyRecords,
    TicketAssessor,
    TicketRefusals,
    TicketSuccession,
    OwnerRequests,
    ClaimsAssessment,
    ClaimsGathering,
    OwnSignIns,
    RequestingPartyService,
    RptUpgrades,
    RptGrant,
    UmaTicketGrant,
  ],
  exports: [ClaimsGathering, UmaTicketGrant],
})
export class UmaTicketGrantModule {}
