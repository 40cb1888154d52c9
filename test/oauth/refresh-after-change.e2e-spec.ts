import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Settings } from '../support/world.js';
import { entryOf } from '../uma-grant/photo-sharing.js';

const scope = 'authorizations authorizations.write';
const connections = [{ account: 'alice', client: 'owner-app', scope }];

describeServer('refresh of what a client may not have any more', { connections }, (server) => {
  const file = () => join(server().directory, 'valetkey.yaml');
  const restartWith = async (scopes: string[]) => {
    const settings = JSON.parse(await readFile(file(), 'utf8')) as Settings;
    Object.assign(entryOf(settings, 'clients', 'client_id', 'owner-app'), { scopes });
    await writeFile(file(), JSON.stringify(settings));
    await server().restart();
  };

  it('CO-08 a scope that the operator took from the client is gone, and with the last of them the refresh', async () => {
    const app = () => clientOf(server(), 'owner-app');
    const refresh = async (token: string) => (await app().refresh(token)).json<Record<string, string>>();
    const whole = await refresh(server().connections[0]?.refresh_token ?? '');
    expect(whole['scope']).toBe(scope);
    await restartWith(['authorizations']);
    expect((await app().refresh(whole['refresh_token'] ?? '', { scope })).json().error).toBe('invalid_scope');
    const less = await refresh(whole['refresh_token'] ?? '');
    expect(less['scope']).toBe('authorizations');
    await restartWith(['photos.read']);
    expect((await app().refresh(less['refresh_token'] ?? '')).json().error).toBe('invalid_grant');
  });
});
