import { OWN_APIS } from '@valetkey/oauth';
import { resourceMetadataPath } from '../../http/resource-metadata.js';
import type { Json, Paths } from '../operation.js';
import { answer, JSON_TYPE } from '../operation.js';
import { PUBLIC } from '../security-schemes.js';

const COMMON = { tags: ['Discovery'], security: PUBLIC };

const METADATA: Json = {
  get: { ...COMMON, summary: 'What this server offers', responses: { 200: answer('Metadata.', 'ServerMetadata') } },
};

const RESOURCE_METADATA: Json = {
  get: {
    ...COMMON,
    summary: 'What an API of this server is protected with (RFC 9728)',
    responses: { 200: answer('Metadata.', 'ResourceMetadata') },
  },
};

function page(summary: string, mediaType: string): Json {
  return { get: { ...COMMON, summary, responses: { 200: { description: 'OK', content: { [mediaType]: {} } } } } };
}

/** Public documents below the issuer. */
export const DISCOVERY_PATHS: Paths = {
  '/.well-known/openid-configuration': METADATA,
  '/.well-known/uma2-configuration': METADATA,
  '/jwks': {
    get: {
      ...COMMON,
      summary: 'Keys that tokens of this server are verified with (RFC 7517 section 5)',
      responses: { 200: answer('The keys: the next, the present, and those that sign no more.', 'JsonWebKeySet') },
    },
  },
  '/docs': page('This documentation to read', 'text/html'),
  '/docs-json': page('This documentation as OpenAPI', JSON_TYPE),
};

const FRONT_PAGE = page('What this is, and where to read on', 'text/html');

/**
 * Public documents at the origin's root, wherever the issuer is.
 * @param issuerPath - empty for none; RFC 8414 section 3.1 puts its name before it
 */
export function rootPaths(issuerPath: string): Paths {
  return {
    ...Object.fromEntries(['/', issuerPath || '/', `${issuerPath}/`].map((path) => [path, FRONT_PAGE])),
    [`/.well-known/oauth-authorization-server${issuerPath}`]: METADATA,
    ...Object.fromEntries(
      ['', ...OWN_APIS.map(({ path }) => path)].map((path) => [
        resourceMetadataPath(issuerPath, path),
        RESOURCE_METADATA,
      ]),
    ),
    '/health/live': health('The process runs'),
    '/health/ready': health('The process may get requests', { 503: answer('Not now.', 'Health') }),
    '/metrics': {
      get: { tags: ['Operation'], security: PUBLIC, summary: 'Measurements for Prometheus', responses: METRICS },
    },
  };
}

const METRICS: Json = { 200: { description: 'OK', content: { 'text/plain': {} } } };

function health(summary: string, others: Json = {}): Json {
  const responses = { 200: answer('Yes.', 'Health'), ...others };
  return { get: { tags: ['Operation'], security: PUBLIC, summary, responses } };
}
