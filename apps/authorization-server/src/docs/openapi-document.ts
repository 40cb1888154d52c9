import type { Json, Paths } from './operation.js';
import { answer, madeOnce, page } from './operation.js';
import { ACCOUNT_PATHS } from './paths/account.paths.js';
import { DIRECTORY_PATHS, DIRECTORY_SCHEMAS } from './paths/directory.paths.js';
import { DISCOVERY_PATHS, rootPaths } from './paths/discovery.paths.js';
import { OAUTH_PATHS } from './paths/oauth.paths.js';
import { OWNER_CONSOLE_PATHS } from './paths/owner-console.paths.js';
import { ACCESS_PATHS } from './paths/access.paths.js';
import { OPERATOR_WORDING_PATHS } from './paths/operator-wording.paths.js';
import { OPERATOR_CLIENT_PATHS } from './paths/operator-clients.paths.js';
import { OPERATOR_PATHS } from './paths/operator.paths.js';
import { OWNER_PATHS } from './paths/owner.paths.js';
import { PEOPLE_PATHS } from './paths/people.paths.js';
import { PROTECTION_PATHS } from './paths/protection.paths.js';
import { COMMON_SCHEMAS } from './schemas/common.schemas.js';
import { DISCOVERY_SCHEMAS } from './schemas/discovery.schemas.js';
import { OAUTH_SCHEMAS } from './schemas/oauth.schemas.js';
import { OWNER_CONSOLE_SCHEMAS } from './schemas/owner-console.schemas.js';
import { ACCESS_SCHEMAS } from './schemas/access.schemas.js';
import { OPERATOR_CLIENT_SCHEMAS } from './schemas/operator-clients.schemas.js';
import { OPERATOR_SCHEMAS } from './schemas/operator.schemas.js';
import { OWNER_SCHEMAS } from './schemas/owner.schemas.js';
import { UMA_SCHEMAS } from './schemas/uma.schemas.js';
import { SECURITY_SCHEMES } from './security-schemes.js';

const TAGS = [
  { name: 'OAuth', description: 'Tokens.' },
  { name: 'People', description: 'Where browsers are sent: pages for people, that answer applications in the end.' },
  { name: 'Protection API', description: 'For resource servers: what they protect, and for whom (UMA 2.0 FedAuthz).' },
  { name: 'Owner API', description: 'For owners: what they share, who asks, who holds what.' },
  {
    name: 'Operator API',
    description: 'For the operator’s console: by the session of an operator’s browser, no token.',
  },
  { name: 'Discovery', description: 'Public documents.' },
  { name: 'Operation', description: 'For those who run the server; at the root of the host.' },
];

/** The OpenAPI 3.1 document, and the parts of it that are told apart. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Json;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly Json[];
  readonly paths: Paths;
  readonly components: Json;
}

const PATHS = {
  ...OAUTH_PATHS,
  ...PROTECTION_PATHS,
  ...OWNER_PATHS,
  ...OWNER_CONSOLE_PATHS,
  ...DIRECTORY_PATHS,
  ...ACCESS_PATHS,
  ...OPERATOR_PATHS,
  ...OPERATOR_CLIENT_PATHS,
  ...OPERATOR_WORDING_PATHS,
  ...PEOPLE_PATHS,
  ...ACCOUNT_PATHS,
  ...DISCOVERY_PATHS,
};

/**
 * Every endpoint of the server. Half of them are not controllers and half of their errors come from libraries, so it is
 * written, not scanned; a test holds it against the routes that are registered.
 */
export function openApiDocument(issuer: string, issuerPath: string): OpenApiDocument {
  const { origin } = new URL(issuer);
  const atRoot = Object.entries(rootPaths(issuerPath)).map(([path, item]) => [
    path,
    { servers: [{ url: origin }], ...item },
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Valetkey',
      description:
        'Authorization server: OAuth 2.1, OpenID Connect, the UMA 2.0 protection and authorization APIs, the owner API.',
      version: '1',
    },
    servers: [{ url: issuer }],
    tags: TAGS,
    paths: { ...withFaults(withKeys(PATHS)), ...(Object.fromEntries(atRoot) as Paths) },
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: {
        ...COMMON_SCHEMAS,
        ...OAUTH_SCHEMAS,
        ...UMA_SCHEMAS,
        ...OWNER_SCHEMAS,
        ...OWNER_CONSOLE_SCHEMAS,
        ...DIRECTORY_SCHEMAS,
        ...ACCESS_SCHEMAS,
        ...OPERATOR_SCHEMAS,
        ...OPERATOR_CLIENT_SCHEMAS,
        ...DISCOVERY_SCHEMAS,
      },
      responses: {
        Fault: answer('Anything else: a body that is too large or of another media type, or a fault of ours.', 'Error'),
        ErrorPage: page('Anything else, as a page: a human line, and a reference that finds the lines of the log.'),
      },
    },
  };
}

const METHODS = ['get', 'put', 'post', 'delete'];

const CHANGING = ['put', 'post', 'delete'];

/** All changes of the owner API and the operator API take an Idempotency-Key. */
function withKeys(paths: Paths): Paths {
  const complete = (item: Json): Json =>
    Object.fromEntries(
      Object.entries(item).map(([name, part]) => [name, CHANGING.includes(name) ? madeOnce(part as Json) : part]),
    );
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [path, /^\/(me|operator-api)\//.test(path) ? complete(item) : item]),
  );
}

/** What can happen to every request need not be said by each. */
function withFaults(paths: Paths): Paths {
  const complete = (item: Json): Json =>
    Object.fromEntries(
      Object.entries(item).map(([name, part]) => [name, METHODS.includes(name) ? withFault(part as Json) : part]),
    );
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, complete(item)]));
}

function withFault(operation: Json): Json {
  const responses = { default: { $ref: '#/components/responses/Fault' }, ...(operation['responses'] as Json) };
  return { ...operation, responses };
}
