import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { describeEngines } from '../support/engines.js';
import { type Server, startServer } from '../support/server.js';
import { ownerApi, protectionApi, requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';

const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'bob', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const ALBUM = { name: 'Winter album', resource_scopes: ['view', 'print', 'download'] };

/** The main line from registration to revocation, over a kill in the middle: what the other specs take for granted. */
describeEngines('UMA 2.0: the main line', (engine) => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ engine, connections: CONNECTIONS, config: { uma: { poll_interval: '1s' } } });
  });
  afterAll(() => server?.dispose());

  const tokenOf = (index: number) => server.connections[index]?.access_token ?? '';
  const alicesPhotos = () => protectionApi(server, tokenOf(0));
  const alice = () => ownerApi(server, tokenOf(2));
  const permissionOn = (resourceId: string, ...scopes: string[]) => ({
    resource_id: resourceId,
    resource_scopes: scopes,
  });

  it('UG-31, UG-11 asks for claims, waits for the owner, and ends with an RPT', async () => {
    const resource = await alicesPhotos().register(ALBUM);
    const ticket = await alicesPhotos().ticket(permissionOn(resource, 'view'));

    const needInfo = await clientOf(server, 'print-shop').rpt(ticket);
    const second = textMember(needInfo, 403, 'ticket');
    expect(needInfo.json()).toMatchObject({ error: 'need_info', required_claims: expect.any(Array) as unknown });

    const submitted = await requestingParty(server, CAROL, 'print-shop').present(second);
    const third = textMember(submitted, 403, 'ticket');
    expect(submitted.json()).toMatchObject({ error: 'request_submitted', interval: 1 });
    expect(new Set([ticket, second, third]).size).toBe(3);

    const { items } = (await alice().requests()).json<{ items: { id: string }[] }>();
    expect(items).toHaveLength(1);
    expect((await alice().approve(items[0]?.id ?? '')).status).toBeLessThan(300);

    await wait(1_050); // the interval: an earlier poll is sent away
    const granted = await clientOf(server, 'print-shop').rpt(third);
    const rpt = textMember(granted, 200, 'access_token');
    expect((await alicesPhotos().introspect(rpt)).json()).toMatchObject({
      active: true,
      permissions: [permissionOn(resource, 'view')],
    });
  });

  it('UG-32 grants nothing without a policy, and at once with one', async () => {
    const resource = await alicesPhotos().register(ALBUM);
    const dave = requestingParty(server, DAVE, 'other-shop');
    const refused = await dave.present(await alicesPhotos().ticket(permissionOn(resource, 'view')));
    expect(refused.json().error).toBe('request_submitted');

    const subject = { type: 'partner', issuer: server.world.partner.issuer, subject: DAVE };
    await alice().share({ resource_id: resource, subject, scopes: ['view'] });
    await dave.rpt(await alicesPhotos().ticket(permissionOn(resource, 'view')));
  });

  it('UF-07 shows nothing of alice to bob', async () => {
    const resource = await alicesPhotos().register(ALBUM);
    const answer = await protectionApi(server, tokenOf(1)).read(resource);
    expect([answer.status, answer.json().error]).toEqual([404, 'not_found']);
  });

  it('IR-43 ends an RPT with the authorization, and keeps everything else over kill -9', async () => {
    const resource = await alicesPhotos().register(ALBUM);
    await alice().share({
      resource_id: resource,
      subject: { type: 'account', account_id: 'carol' },
      scopes: ['print'],
    });
    const carol = requestingParty(server, CAROL, 'print-shop');
    const rpt = await carol.rpt(await alicesPhotos().ticket(permissionOn(resource, 'print')));
    await server.kill9();
    await server.restart();
    expect((await alicesPhotos().introspect(rpt)).json()).toMatchObject({ active: true });
    expect((await alicesPhotos().read(resource)).status).toBe(200);

    type Item = { grant_id: string; client: { client_id: string } };
    const { items } = (await alice().authorizations()).json<{ items: Item[] }>();
    for (const { grant_id: id, client } of items)
      if (client.client_id === 'print-shop') expect((await alice().endAuthorization(id)).status).toBe(204);
    const after = await alicesPhotos().introspect(rpt);
    expect(after.json()).toEqual({ active: false });
  });

  it('writes no secret into its log', () => {
    const { clients } = server.world;
    const secrets = [
      ...Object.values(clients).map(({ secret }) => secret),
      ...server.connections.map((one) => one.access_token),
    ];
    expect(secrets.filter((secret) => secret !== undefined && server.log().includes(secret))).toEqual([]);
    expect(server.log()).not.toMatch(/vk_(at|rt|rpt|tk|pct|cs)_/);
  });
});
