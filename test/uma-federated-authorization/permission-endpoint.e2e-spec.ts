import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { ownerApi, type Permission, protectionApi, requestingParty } from '../support/uma.js';
import { DAVE } from '../support/world.js';

const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'bob', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const SCOPES = ['view', 'print'];
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const on = (id: string, ...scopes: string[]): Permission => ({ resource_id: id, resource_scopes: scopes });
const byId = (permissions: readonly Permission[]) =>
  [...permissions].sort((one, other) => (one.resource_id < other.resource_id ? -1 : 1));

describeServer('FedAuthz 4: the permission endpoint', { connections: CONNECTIONS }, (server) => {
  const tokenOf = (index: number) => server().connections[index]?.access_token ?? '';
  const alice = () => protectionApi(server(), tokenOf(0));
  const shared = async () => {
    const id = await alice().register({ resource_scopes: SCOPES });
    const subject = { type: 'partner', issuer: server().world.partner.issuer, subject: DAVE };
    await ownerApi(server(), tokenOf(2)).share({ resource_id: id, subject, scopes: SCOPES });
    return id;
  };
  const contentOf = async (ticket: string, form = {}) => {
    const rpt = await requestingParty(server(), DAVE, 'print-shop').rpt(ticket, form);
    return byId((await alice().introspect(rpt)).json<{ permissions: Permission[] }>().permissions);
  };

  it('answers 201 with one ticket of 256 bits, whatever the number of resources', async () => {
    const [one, other] = [await shared(), await shared()];
    for (const body of [on(one, 'view'), [on(one, 'view')], [on(one, 'view'), on(other)]]) {
      const answer = await alice().permission(body);
      expect(answer.status).toBe(201);
      expect(answer.json()).toEqual({ ticket: expect.stringMatching(/^vk_tk_[\w-]{49}$/) as string });
    }
  });

  it('UF-20 gives the same content for one object and a list, in any order', async () => {
    const [one, other] = [await shared(), await shared()];
    const single = await alice().permission(on(one, 'view'));
    expect(await contentOf(single.json<{ ticket: string }>().ticket)).toEqual([on(one, 'view')]);
    expect(await contentOf(await alice().ticket(on(one, 'view')))).toEqual([on(one, 'view')]);
    const forward = await contentOf(await alice().ticket(on(one, 'view'), on(other, 'view', 'print')));
    const backward = await contentOf(await alice().ticket(on(other, 'view', 'print'), on(one, 'view')));
    expect(forward).toEqual(byId([on(one, 'view'), on(other, 'view', 'print')]));
    expect(backward).toEqual(forward);
  });

  it('takes a permission without scopes: the client says which', async () => {
    const id = await shared();
    expect(await contentOf(await alice().ticket(on(id)), { scope: 'print' })).toEqual([on(id, 'print')]);
  });

  it('UF-21, UF-23 refuses the whole request for one bad element, and makes no ticket', async () => {
    const good = on(await shared(), 'view');
    const bobs = await protectionApi(server(), tokenOf(1)).register({ resource_scopes: SCOPES });
    const other = await shared();
    const cases: [Permission, string][] = [
      [on('r_AAAAAAAAAAAAAAAAAAAAAA', 'view'), 'invalid_resource_id'],
      [on(bobs, 'view'), 'invalid_resource_id'],
      [on('r_\u0000', 'view'), 'invalid_resource_id'],
      [on(other, 'download'), 'invalid_scope'],
      [on(other, 'view', 'uma_protection'), 'invalid_scope'],
    ];
    for (const [bad, error] of cases)
      for (const body of [bad, [good, bad], [bad, good]]) {
        const answer = await alice().permission(body);
        expect(outcome(answer)).toEqual([400, error]);
        expect(answer.json()).not.toHaveProperty('ticket');
      }
  });

  it('UF-22 makes no ticket over resources of two owners, whoever asks', async () => {
    const mine = on(await shared(), 'view');
    const bob = protectionApi(server(), tokenOf(1));
    const his = on(await bob.register({ resource_scopes: SCOPES }), 'view');
    expect(outcome(await alice().permission([mine, his]))).toEqual([400, 'invalid_resource_id']);
    expect(outcome(await bob.permission([mine, his]))).toEqual([400, 'invalid_resource_id']);
  });

  it('refuses malformed permission requests with invalid_request', async () => {
    const id = await shared();
    const many = await Promise.all(Array.from({ length: 51 }, () => alice().register({ resource_scopes: ['view'] })));
    const bodies = [
      [],
      null,
      'x',
      {},
      [[on(id, 'view')]],
      { resource_id: id },
      { resource_id: id, resource_scopes: 'view' },
      { resource_id: id, resource_scopes: [1] },
      { resource_id: id, resource_scopes: ['view', 'view'] },
      { resource_id: 7, resource_scopes: [] },
      { resource_id: '', resource_scopes: [] },
      { resource_scopes: ['view'] },
      [on(id, 'view'), on(id, 'print')],
      many.map((one) => on(one, 'view')),
    ];
    for (const body of bodies) expect(outcome(await alice().permission(body))).toEqual([400, 'invalid_request']);
    const fifty = await alice().permission(many.slice(1).map((one) => on(one, 'view')));
    expect(fifty.status).toBe(201);
  });

  describe('what becomes of tickets', () => {
    it('UF-12, UF-24 a scope that was dropped leaves the pending ticket and does not come back with its name', async () => {
      const id = await shared();
      const ticket = await alice().ticket(on(id, 'view', 'print'));
      await alice().replace(id, { resource_scopes: ['view'] });
      await alice().replace(id, { resource_scopes: SCOPES });
      expect(await contentOf(ticket)).toEqual([on(id, 'view')]);
      expect(await contentOf(await alice().ticket(on(id, 'view', 'print')))).toEqual([on(id, 'view', 'print')]);
    });

    it('UF-12, UF-24 a ticket of which nothing is left gives nothing', async () => {
      const id = await shared();
      const ticket = await alice().ticket(on(id, 'print'));
      await alice().replace(id, { resource_scopes: ['view'] });
      await alice().replace(id, { resource_scopes: SCOPES });
      const answer = await requestingParty(server(), DAVE, 'print-shop').present(ticket);
      expect(answer.status).toBe(400);
      expect(['invalid_grant', 'invalid_scope']).toContain(answer.json().error);
    });

    it('UF-13 a ticket that names a deleted resource is invalid_grant, though its other resource is there', async () => {
      const [one, other] = [await shared(), await shared()];
      const ticket = await alice().ticket(on(one, 'view'), on(other, 'view'));
      await alice().remove(other);
      const dave = requestingParty(server(), DAVE, 'print-shop');
      expect(outcome(await dave.present(ticket))).toEqual([400, 'invalid_grant']);
      await dave.rpt(await alice().ticket(on(one, 'view')));
    });

    it('a ticket is no token: it opens no API and introspection does not know it (attack class 45)', async () => {
      const ticket = await alice().ticket(on(await shared(), 'view'));
      expect((await alice().introspect(ticket)).json()).toEqual({ active: false });
      expect((await clientOf(server(), 'print-shop').refresh(ticket)).json().error).toBe('invalid_grant');
    });
  });
});
