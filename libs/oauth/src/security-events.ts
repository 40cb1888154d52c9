export { SecurityEvents } from '@valetkey/audit';
export type { SecurityEvent } from '@valetkey/audit';
