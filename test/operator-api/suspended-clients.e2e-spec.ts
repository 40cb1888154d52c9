import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic, WHICHEVER } from '../support/http.js';
import { logged } from '../support/logged.js';
import { givePassword } from '../support/person.js';
import { registrarOf } from '../support/registrar.js';
import { textMember } from '../support/uma.js';
import { PASSWORD, PHOTOS } from '../support/world.js';
import { atWork, type ClientJson, registered } from './clients.js';
import { BY_ALICE, operatorApi } from './operators.js';

const CONFIG = { ...BY_ALICE, registration: { mode: 'open' } };

describeServer(
  'P6 a client that is suspended, or removed',
  { config: CONFIG, connections: OWNERS_CONNECTIONS },
  (server) => {
    const isActive = async (token: string) => {
      const { http, world } = server();
      const { secret = '' } = world.clients['photo-service'];

      const headers = { authorization: basic('photo-service', secret) };
      return (await http.form('/introspect', { token }, { headers })).json()['active'];
    };

    /** State of the application's access, and whether its name says that it is suspended. */
    const seenByAlice = async (name: string) => {
      const { items } = (await ownersOf(server()).alice.owner.get('access')).json<{
        items: { state: string; holder: { name: string; suspended?: true } }[];
      }>();
      const row = items.find(({ holder }) => holder.name === name);
      return [row?.state, row?.holder.suspended];
    };

    it('suspended: no tokens, and none of what it has opens anything; resumed: all is as it was', async () => {
      const operator = await operatorApi(server());
      const made = await registered(operator, { client_name: 'Rests' });
      const client = atWork(server(), made);
      const { access, refresh } = await client.tokens();
      const { access: ended } = await client.tokens();
      expect([await isActive(access), await isActive(ended)]).toEqual([true, true]);
      const suspended = (await operator.change('POST', `clients/${made.client_id}/suspend`, undefined, WHICHEVER)).json<
        ClientJson & object
      >();
      expect(suspended).toMatchObject({ state: 'suspended', people: { count: 1 } });
      expect([await isActive(access), await isActive(ended)]).toEqual([false, false]);
      expect(outcome(await client.post('/token', refresh))).toBe('401 invalid_client');
      expect(outcome(await client.post('/token', { grant_type: 'client_credentials' }))).toBe('401 invalid_client');
      const again = await operator.change('POST', `clients/${made.client_id}/suspend`, undefined, WHICHEVER);
      expect([again.status, again.json()['suspended_at']]).toEqual([
        200,
        (suspended as unknown as Record<string, unknown>)['suspended_at'],
      ]);
      expect(await seenByAlice('Rests')).toEqual(['suspended', true]);
      await server().restart();
      expect(await isActive(access)).toBe(false);
      const back = await operatorApi(server());
      expect(
        (await back.change('POST', `clients/${made.client_id}/resume`, undefined, WHICHEVER)).json()['state'],
      ).toBe('active');
      expect(await seenByAlice('Rests')).toEqual(['active', undefined]);
      expect(await isActive(access)).toBe(true);
      expect((await client.post('/token', refresh)).status).toBe(200);
      await logged(server(), 'client_suspended');
      await logged(server(), 'client_resumed');
    });

    it('one of the configuration file, too; a restart does not undo it, and only an operator does', async () => {
      const operator = await operatorApi(server());
      const { secret = '' } = server().world.clients['print-shop'];
      const shop = atWork(server(), { client_id: 'print-shop' } as ClientJson, secret);
      const ask = () => shop.post('/token', { grant_type: 'client_credentials', resource: PHOTOS });
      const asks = async () => outcome(await ask());
      const token = textMember(await ask(), 200, 'access_token');
      await operator.change('POST', 'clients/print-shop/suspend', undefined, WHICHEVER);
      expect(await asks()).toBe('401 invalid_client');
      await server().restart();
      expect(await asks()).toBe('401 invalid_client');
      expect(await isActive(token)).toBe(false);
      const back = await operatorApi(server());
      await back.change('POST', 'clients/print-shop/resume', undefined, WHICHEVER);
      expect([await asks(), await isActive(token)]).toEqual(['200', true]);
    });

    it('removed: it says how much ends, all of it ends at once, and nobody finds it any more', async () => {
      const operator = await operatorApi(server());
      const made = await registered(operator, { client_name: 'Goes' });
      const { access, refresh } = await atWork(server(), made).tokens();
      const removed = (await operator.change('DELETE', `clients/${made.client_id}`, undefined, WHICHEVER)).json();
      expect(removed).toEqual({ people: { count: 1 }, grants: { count: 1 } });
      expect(await isActive(access)).toBe(false);
      expect(outcome(await atWork(server(), made).post('/token', refresh))).toBe('401 invalid_client');
      expect(outcome(await operator.get(`clients/${made.client_id}`))).toBe('404 not_found');
      expect(outcome(await operator.change('DELETE', `clients/${made.client_id}`, undefined, WHICHEVER))).toBe(
        '404 not_found',
      );
      expect((await operator.get('clients?q=Goes')).json()['items']).toEqual([]);
      const self = await registrarOf(server()).registered({ client_name: 'Goes itself' });
      expect((await operator.change('DELETE', `clients/${self.client_id}`, undefined, WHICHEVER)).status).toBe(200);
      expect((await registrarOf(server()).manage('GET', self)).status).toBe(401);
    });

    it('a preview of what people are asked is for operators, and nothing can be decided on it', async () => {
      const { issuer } = server();
      const operator = await operatorApi(server());
      const { client_id: id } = await registered(operator, { client_name: '<b>Prev</b>iewed' });
      const { preview } = (await operator.get(`clients/${id}`)).json<{ preview: string }>();
      const seen = async (username: string) => {
        const browser = new FormBrowser(issuer);
        return browser.submit(await browser.open(issuer + preview), { username, password: PASSWORD });
      };
      const page = await seen('alice');
      expect([page.status, page.url]).toEqual([200, issuer + preview]);
      expect(page.text).toContain('Nothing can be allowed or denied here.');
      expect(page.text).toContain('&lt;b&gt;Prev&lt;/b&gt;iewed');
      expect(page.text).not.toMatch(/<form|<script/);
      await givePassword(server(), 'bob');
      expect((await seen('bob')).status).toBe(403);
      expect((await operator.get('clients/photo-service')).json()['preview']).toBeUndefined();
    });
  },
);
