import type { ClientConfig, ScopeConfig } from '../../config/config.js';
import { UnknownScopes } from './unknown-scopes.service.js';

function noticing() {
  const told: unknown[] = [];
  const scopes = [{ name: 'view' }] as ScopeConfig[];
  const clients = [{ scopes: ['print'] }] as unknown as ClientConfig[];
  const unknown = new UnknownScopes({ scopes, clients }, { warn: (details: unknown) => void told.push(details) });
  return { unknown, told };
}

describe('scopes that no setting names', () => {
  it('are told with resource server and resource, once for each resource server', () => {
    const { unknown, told } = noticing();
    unknown.notice('photos', 'r1', ['view', 'vew', 'print']);
    unknown.notice('photos', 'r2', ['vew']);
    unknown.notice('other', 'r3', ['vew']);
    expect(told).toEqual([
      { clientId: 'photos', resourceId: 'r1', scope: 'vew' },
      { clientId: 'other', resourceId: 'r3', scope: 'vew' },
    ]);
  });

  it('never fill memory or log, however many a resource server makes up', () => {
    const { unknown, told } = noticing();
    for (let made = 0; made < 5_000; made += 1) unknown.notice('photos', 'r', [`s${made}`]);
    expect(told).toHaveLength(1_000);
  });
});
