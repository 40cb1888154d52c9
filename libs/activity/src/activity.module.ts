import { Global, Module } from '@nestjs/common';
import { ActivityStore } from './persistence/activity.store.js';

const SERVICES = [ActivityStore];

/** What happened to what owners own. */
@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class ActivityModule {}
