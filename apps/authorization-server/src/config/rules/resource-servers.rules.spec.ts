import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

describe('RFC 8707: resource servers', () => {
  const second = { client_id: 'print-shop', resource: 'urn:photos:two', name: 'Two' };
  cases.refuses([
    [
      'an unknown client',
      [['resource_servers.0.client_id', 'nobody']],
      'resource_servers[0].client_id: is not the client_id of one of clients',
    ],
    [
      'a public client',
      [['clients.0', { client_id: 'photo-service', name: 'P', type: 'public' }]],
      'resource_servers[0].client_id: must be a confidential client',
    ],
    [
      'a client twice',
      [['resource_servers.1', { ...second, client_id: 'photo-service' }]],
      'resource_servers[1].client_id: is the client_id of another resource server',
    ],
    [
      'a resource twice',
      [['resource_servers.1', { ...second, resource: 'https://photos.example' }]],
      'resource_servers[1].resource: is the resource of another resource server',
    ],
    [
      'a relative resource',
      [['resource_servers.1', { ...second, resource: 'photos' }]],
      'resource_servers[1].resource: must be an absolute URI',
    ],
    [
      'a fragment',
      [['resource_servers.1', { ...second, resource: 'https://a.example/#x' }]],
      'resource_servers[1].resource: must not have a fragment',
    ],
    [
      'the server itself',
      [['resource_servers.1', { ...second, resource: 'https://as.example' }]],
      'resource_servers[1].resource: must not be the issuer of this server',
    ],
    [
      'a scope of the server',
      [['resource_servers.0.scopes', ['uma_protection']]],
      'resource_servers[0].scopes[0]: is a scope of this server itself',
    ],
    [
      'a scope about people',
      [['resource_servers.0.scopes', ['openid']]],
      'resource_servers[0].scopes[0]: is a scope of this server itself',
    ],
    [
      'a scope with a space',
      [['resource_servers.0.scopes', ['a b']]],
      'resource_servers[0].scopes[0]: must be a scope of RFC 6749 (printable ASCII, no space, quote or backslash), at most 128 characters',
    ],
    [
      'a scope of another one, which makes the audience of a token ambiguous',
      [['resource_servers.1', { ...second, scopes: ['photos.print', 'photos.read'] }]],
      'resource_servers[1].scopes[1]: is a scope of another resource server: a token for it would have two audiences',
    ],
    ['a scope twice', [['resource_servers.0.scopes', ['a', 'a']]], 'resource_servers[0].scopes[1]: is listed twice'],
    [
      'a quote in the realm',
      [['resource_servers.0.realm', 'a"b']],
      'resource_servers[0].realm: must be 1 to 100 printable ASCII characters without quote and backslash',
    ],
  ]);
  cases.accepts([
    ['two of them', [['resource_servers.1', second]]],
    ['scopes of each', [['resource_servers.1', { ...second, scopes: ['photos.print'] }]]],
  ]);
});
