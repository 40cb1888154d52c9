import { Global, Module } from '@nestjs/common';
import { ActivityRecorder } from './activity-recorder.service.js';
import { ActivityRetention } from './activity-retention.service.js';
import { AccessUseStore } from './persistence/access-use.store.js';
import { ActivityStore } from './persistence/activity.store.js';
import { LastRefusalStore } from './persistence/last-refusal.store.js';

const SERVICES = [ActivityStore, AccessUseStore, LastRefusalStore, ActivityRecorder, ActivityRetention];

/** What happened to what owners own. */
@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class ActivityModule {}
