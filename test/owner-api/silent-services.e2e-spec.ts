import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describeEngines } from '../support/engines.js';
import type { Server } from '../support/server.js';
import { startServer } from '../support/server.js';
import { OTHERS, PHOTOS } from '../support/world.js';
import { OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const PATIENCE = 10_000;

interface Service {
  readonly id: string;
  readonly state: string;
  readonly as_of?: string;
}

describeEngines('services that do not answer', (engine) => {
  let server: Server;
  let service: HttpServer;
  let status = 200;

  beforeAll(async () => {
    service = createServer((_request, reply) => reply.writeHead(status).end('{}'));
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
    const health = `http://127.0.0.1:${(service.address() as AddressInfo).port}/health`;
    server = await startServer({
      engine,
      connections: OWNERS_CONNECTIONS,
      config: {
        jobs: { health_every: '200ms' },
        outbound: { private_networks: ['127.0.0.1/32'] },
        resource_servers: [
          { client_id: 'photo-service', resource: PHOTOS, name: 'Photo service', health },
          { client_id: 'other-service', resource: OTHERS, name: 'Other service', scopes: ['others.read'] },
        ],
      },
    });
  }, 180_000);
  afterAll(async () => {
    await server?.dispose();
    service?.close();
  });

  const photos = async (): Promise<Service> => {
    const { alice } = ownersOf(server);
    const { services, other_services: others } = (await alice.owner.get('summary')).json<
      Record<'services' | 'other_services', Service[]>
    >();
    const found = [...services, ...others].find(({ id }) => id === 'photo-service');
    if (!found) throw new Error('The photo service is not there');
    return found;
  };
  const until = async (state: string): Promise<Service> => {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await wait(50)) {
      const service = await photos();
      if (service.state === state) return service;
    }
    throw new Error(`The photo service is not ${state}`);
  };

  it('are told with the time of their last answer, in lists too, until they answer again; others are not asked', async () => {
    const { alice } = ownersOf(server);
    const album = await alice.album('Silent');
    expect((await photos()).state).toBe('answering');
    await wait(500);
    const before = Date.now();
    status = 503;
    const silent = await until('silent');
    expect(Date.parse(silent.as_of ?? '')).toBeGreaterThan(before - 2_000);
    expect(Date.parse(silent.as_of ?? '')).toBeLessThanOrEqual(Date.now());
    const row = (await alice.owner.get(`resources/${album}`)).json<{ service: Service }>();
    expect(row.service).toEqual(silent);
    status = 404;
    expect(await until('answering')).not.toHaveProperty('as_of');
    service.closeAllConnections();
    service.close();
    await until('silent');
  });
});
