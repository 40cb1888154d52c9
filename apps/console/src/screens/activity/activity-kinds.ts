import type { ActivityKind } from '@valetkey/owner-contract';

/** In the order in which they are offered: what is looked for most comes first. */
export const ACTIVITY_KINDS: readonly ActivityKind[] = [
  'used',
  'refused',
  'given',
  'changed',
  'removed',
  'given_back',
  'ended',
  'asked',
  'approved',
  'denied',
  'request_expired',
  'handed_over',
  'handover_ended',
  'stopped',
  'registered',
  'unregistered',
  'signed_in',
  'signed_out',
];
