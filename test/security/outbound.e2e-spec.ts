import { once } from 'node:events';
import { createServer, type Server as TcpServer } from 'node:net';

import { ownersOf, OWNERS_CONNECTIONS } from '../owner-api/owners.js';
import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { signEs256 } from '../support/raw-jws.js';
import { HEADER, signedShop } from '../support/signed-shop.js';

describeServer(
  'addresses that others name (attack classes 20, 82, 149, 194, 198)',
  { connections: OWNERS_CONNECTIONS },
  (server) => {
    let canary: TcpServer;
    let visits = 0;
    let address = '';
    beforeAll(async () => {
      canary = createServer((socket) => {
        visits += 1;
        socket.destroy();
      });
      canary.listen(0, '127.0.0.1');
      await once(canary, 'listening');
      const bound = canary.address();
      address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
    });
    afterAll(() => canary?.close());

    it('82 no key, certificate or key set that an assertion names is fetched', async () => {
      const shop = signedShop(server());
      for (const name of ['jku', 'x5u', 'jwks_uri', 'url', 'iss', 'kid'])
        await shop.isRefused(
          await signEs256(
            { ...HEADER, [name]: `${address}/${name}`, kid: `${address}/kid` },
            shop.claims(),
            shop.privateKey,
          ),
        );
      for (const name of ['jku', 'x5u', 'jwks_uri']) {
        // Beside a good signature it is ignored.
        const assertion = await shop.signed({}, { ...HEADER, [name]: `${address}/${name}` });
        expect((await shop.present(assertion)).status).toBe(200);
      }
    });

    it('82 none that a claim token names', async () => {
      const { alice } = ownersOf(server());
      const ticket = () =>
        alice.album().then((id) => alice.photos.ticket({ resource_id: id, resource_scopes: ['view'] }));
      const shop = signedShop(server());
      const claims = { ...shop.claims(), iss: address, sub: 'carol-1' };
      for (const header of [{ ...HEADER, jku: `${address}/jku` }, { ...HEADER, x5u: `${address}/x5u` }, HEADER]) {
        const token = await signEs256(header, claims, shop.privateKey);
        const answer = await clientOf(server(), 'print-shop').rpt(await ticket(), pushed(token));
        expect(answer.json().error).toBe('need_info');
      }
      const { partner } = server().world;
      const more = {
        picture: `${address}/p`,
        profile: `${address}/u`,
        _claim_sources: { a: { endpoint: `${address}/s` } },
      };
      const token = await partner.idToken({ subject: 'dave-2', audience: server().issuer, claims: more });
      await clientOf(server(), 'print-shop').rpt(await ticket(), pushed(token));
    });

    it('149 no icon, type or page of a resource is fetched', async () => {
      const { alice } = ownersOf(server());
      const members = {
        icon_uri: `${address}/icon`,
        type: `${address}/type`,
        uri: `${address}/uri`,
        policy_uri: `${address}/p`,
      };
      const id = await alice.photos.register({ name: 'Album', resource_scopes: [`${address}/scope`], ...members });
      await alice.photos.read(id);
      await alice.photos.ticket({ resource_id: id, resource_scopes: [`${address}/scope`] });
      await alice.owner.get('resources');
      await alice.owner.get(`resources/${id}`);
    });

    it('20, 194 no parameter of a request is an address to go to', async () => {
      const shop = clientOf(server(), 'print-shop');
      const names = [
        'request_uri',
        'jwks_uri',
        'redirect_uri',
        'logo_uri',
        'sector_identifier_uri',
        'claims_redirect_uri',
        'callback',
      ];
      for (const scheme of [
        address,
        address.replace('http:', 'https:'),
        'file:///etc/passwd',
        `gopher://${address.slice(7)}`,
        'data:,x',
      ])
        for (const name of names) {
          const answer = await shop.clientCredentials({ scope: 'photos.read', [name]: `${scheme}/${name}` });
          expect([200, 400]).toContain(answer.status);
        }
      for (const resource of [address, `${address}/r`])
        await shop.clientCredentials({ scope: 'photos.read', resource });
      await clientOf(server(), 'photo-service').introspect(`${address}/token`);
    });

    it('nothing has ever knocked', () => {
      expect(visits).toBe(0);
    });
  },
);
