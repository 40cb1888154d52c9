export { ActivityModule } from './activity.module.js';
export { ActivityRecorder } from './activity-recorder.service.js';
export { ActivityRetention } from './activity-retention.service.js';
export type { LastRefusal, Refusal, SeenUse, Use } from './domain/access-moment.js';
export { positionOf } from './domain/activity-line.js';
export type { ActivityEntry, ActivityFilter, ActivityLine, ActivityResource } from './domain/activity-line.js';
export { AccessUseStore } from './persistence/access-use.store.js';
export { ActivityStore } from './persistence/activity.store.js';
export { LastRefusalStore } from './persistence/last-refusal.store.js';
