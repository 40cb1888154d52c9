import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { OAuthModule } from '@valetkey/oauth';
import { ActivityController } from '../activity/activity.controller.js';
import { ActivitySearch } from '../activity/activity-search.service.js';
import { ActivityRows } from '../activity/activity-rows.service.js';
import { OwnerWayInModule } from '../owner-way-in.module.js';
import { NamedHoldersModule } from '../directory/named-holders.module.js';
import { NamingModule } from '../naming/naming.module.js';
import { AccessController } from './access.controller.js';
import { AccessEnd } from './access-end.service.js';
import { AccessEntries } from './access-entries.service.js';
import { AccessLists } from './access-list.service.js';
import { AccessRows } from './access-rows.service.js';
import { AccessShortening } from './access-shortening.service.js';
import { AccessTelling } from './access-telling.service.js';
import { AccessViews } from './access-view.service.js';
import { CheckUpController } from './check-up.controller.js';
import { CheckUps } from './check-ups.service.js';
import { ConsentRecords } from './consent-records.service.js';
import { PresentShares } from './present-shares.service.js';
import { RemovedController } from './removed.controller.js';
import { RemovedRows } from './removed-rows.service.js';
import { OwnerZonesModule } from '../settings/owner-zones.module.js';
import { SeenAccess } from './seen-access.service.js';
import { SharingWindow } from './sharing-window.service.js';
import { ShareTerms } from './share-terms.service.js';
import { SharesController } from './shares.controller.js';
import { StopController } from './stop.controller.js';
import { Stops } from './stops.service.js';

/** Who has access to an owner's things: read, given, changed, ended, given back; and what happened. */
@Module({
  imports: [OAuthModule, OwnerWayInModule, NamingModule, AccountsModule, NamedHoldersModule, OwnerZonesModule],
  controllers: [
    AccessController,
    RemovedController,
    SharesController,
    StopController,
    CheckUpController,
    ActivityController,
  ],
  providers: [
    AccessEntries,
    AccessRows,
    AccessLists,
    SeenAccess,
    AccessViews,
    AccessTelling,
    ConsentRecords,
    AccessEnd,
    AccessShortening,
    RemovedRows,
    PresentShares,
    SharingWindow,
    ShareTerms,
    Stops,
    CheckUps,
    ActivityRows,
    ActivitySearch,
  ],
  exports: [AccessRows, RemovedRows, AccessEntries, ActivityRows, SharingWindow],
})
export class AccessModule {}
