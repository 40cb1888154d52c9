import type { RequestView } from '@valetkey/owner-contract';

/** Of the group in which it is chosen what is allowed on a resource. */
export function scopesId({ id }: Pick<RequestView, 'id'>, resourceId: string): string {
  return `allow-${id}-${resourceId}`;
}

/** Of the group in which it is chosen how long. */
export function durationId({ id }: Pick<RequestView, 'id'>): string {
  return `duration-${id}`;
}
