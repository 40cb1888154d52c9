import { describeServer } from '../support/engines.js';
import { protectionApi } from '../support/uma.js';

interface LogLine {
  readonly level: string;
  readonly setting?: string;
  readonly scope?: string;
  readonly clientId?: string;
  readonly resourceId?: string;
  readonly msg: string;
}

const CONNECTIONS = [{ account: 'alice', client: 'photo-service', scope: 'uma_protection' }];

/** Nobody is refused for a word that is not known: FedAuthz §3 lets resource servers name their scopes. Somebody sees it. */
describeServer('scopes that are perhaps written wrongly', { connections: CONNECTIONS }, (server) => {
  const photos = () => protectionApi(server(), server().connections[0]?.access_token ?? '');
  const warnings = () =>
    server()
      .log()
      .split('\n')
      .filter((line) => line.includes('"level":"warn"'))
      .map((line) => JSON.parse(line) as LogLine);

  it('in the settings: check-config names path and scope, and the log does at start', async () => {
    const { code, stdout } = await server().runCommand(['check-config']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warning: clients\[2\]\.scopes\[4\]: "download" has no wording in scopes.*\(line \d+\)$/m);
    expect(stdout).toMatch(/valetkey\.yaml is valid$/m);
    const told = warnings().filter(({ setting }) => setting === 'clients[2].scopes[4]');
    expect(told.map(({ msg }) => msg)).toEqual([expect.stringContaining('"download"')]);
  });

  it('at a resource: it is registered as it is, and the log names resource server and scope, once', async () => {
    const scopes = ['view', 'vew'];
    const first = await photos().register({ resource_scopes: scopes });
    const other = await photos().register({ resource_scopes: ['view'] });
    expect((await photos().replace(other, { resource_scopes: scopes })).status).toBe(200);
    expect((await photos().read(other)).json()).toMatchObject({ resource_scopes: scopes });
    expect((await photos().create({ resource_scopes: ['never', 'a b'] })).status).toBe(400);
    const told = warnings().filter(({ resourceId }) => resourceId !== undefined);
    expect(told).toEqual([expect.objectContaining({ clientId: 'photo-service', scope: 'vew', resourceId: first })]);
  });
});
