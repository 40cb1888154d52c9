import { OWN_APIS } from '@valetkey/oauth';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
const CHALLENGE = /\b(?:Bearer|DPoP) realm="valetkey"/g;

declare module 'fastify' {
  interface FastifyInstance {
    /** The issuer; absent where no route of ours is. */
    readonly issuerOfChallenges?: string;
  }
}

/**
 * Where the metadata of a protected resource are, from the origin's root (RFC 9728 section 3.1): the name is inserted before
 * the path.
 * @param issuerPath - empty for none @param path - of the API, below the issuer
 */
export function resourceMetadataPath(issuerPath: string, path: string): string {
  return `${WELL_KNOWN}${issuerPath}${path}`;
}

/** Lets challenges of own APIs lead to the metadata of the API. Call it once, before requests come. */
export function pointToResourceMetadata(fastify: FastifyInstance, issuer: string): void {
  fastify.decorate('issuerOfChallenges', issuer);
}

/**
 * The headers of an error with `resource_metadata` in each challenge of an own API (RFC 9728 section 5.1). Challenges of client
 * authentication stay as they are.
 */
export function withResourceMetadata(
  headers: Readonly<Record<string, string>>,
  { server, routeOptions }: FastifyRequest,
): Readonly<Record<string, string>> {
  const challenge = headers['www-authenticate'];
  const issuer = server.issuerOfChallenges;
  if (challenge === undefined || issuer === undefined) return headers;
  const { origin, pathname } = new URL(issuer);
  const prefix = pathname === '/' ? '' : pathname;
  const route = routeOptions.url ?? '';
  const api = OWN_APIS.find(({ path }) => route === `${prefix}${path}` || route.startsWith(`${prefix}${path}/`));
  if (!api) return headers;
  const address = `${origin}${resourceMetadataPath(prefix, api.path)}`;
  return { ...headers, 'www-authenticate': challenge.replace(CHALLENGE, `$&, resource_metadata="${address}"`) };
}
