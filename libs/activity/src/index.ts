export { ActivityModule } from './activity.module.js';
export { positionOf } from './domain/activity-line.js';
export type { ActivityEntry, ActivityFilter, ActivityLine, ActivityResource } from './domain/activity-line.js';
export { ActivityStore } from './persistence/activity.store.js';
