export { SecurityEvents } from './security-events.js';
export type { SecurityEvent } from './security-events.js';
