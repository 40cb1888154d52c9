import type { Resource } from '@valetkey/uma';

/** Where the service shows it to people: the member `uri` of the description, if it is an address that a browser may be sent to. */
export function linkOf({ description }: Pick<Resource, 'description'>): string | undefined {
  const { uri } = description;
  if (typeof uri !== 'string' || uri.length > 2000 || !URL.canParse(uri)) return undefined;
  return ['https:', 'http:'].includes(new URL(uri).protocol) ? uri : undefined;
}
