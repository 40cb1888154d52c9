import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { type Server, startServer } from '../support/server.js';
import { OTHERS, PHOTOS } from '../support/world.js';
import { expectSound, screenBrowser } from './screens.js';

const open = screenBrowser();

describe.each(ONE_ENGINE)('O1, O2: a service that does not answer (%s)', (engine) => {
  let server: Server;
  let service: HttpServer;
  let status = 200;
  let visits = 0;

  beforeAll(async () => {
    service = createServer((_request, reply) => {
      visits += 1;
      reply.writeHead(status).end('{}');
    });
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

  const isState = async (state: string) => {
    const { services } = (await ownersOf(server).alice.owner.get('summary')).json<{ services: { state: string }[] }>();
    return services[0]?.state === state;
  };

  it('is named above what it keeps, with the age of what is shown; it stays usable, and she may try again', async () => {
    const album = await ownersOf(server).alice.album('Silent');
    // Asked twice, it has answered once.
    await eventually(
      () => Promise.resolve(visits),
      (times) => times >= 2,
    );
    status = 503;
    await eventually(() => isState('silent'), Boolean);
    const watched = await open();
    const { page } = watched;
    await openConsole(server, page);
    await page.getByText(/Photo service does not answer\. What you see was true/).waitFor();
    await page.getByRole('button', { name: 'Share Silent' }).waitFor();
    await expectSound(watched, 'home: a service is silent');
    await openConsole(server, page, 'alice', `/resources/${album}`);
    await page.getByText(/Photo service does not answer/).waitFor();
    await page.goBack();
    status = 200;
    await eventually(() => isState('answering'), Boolean);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/does not answer/).waitFor({ state: 'detached' });
  });
});
