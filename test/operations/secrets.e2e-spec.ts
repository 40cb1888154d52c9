import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { clientAssertion, assertionForm, clientOf, pushed } from '../support/client.js';
import { databaseDump } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic } from '../support/http.js';
import { ownerApi, protectionApi } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';

const options = {
  config: { log: { level: 'trace', requests: 'all' } },
  connections: [
    { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
    { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
  ],
};

type Keep = (...values: readonly unknown[]) => void;

interface LogLine {
  readonly msg: string;
  readonly requestId?: string;
  readonly route?: string;
}

describeServer('secrets (attack classes 240 to 243)', options, (server) => {
  const secrets = new Set<string>();
  /** Notes what must be written nowhere. */
  const keep: Keep = (...values) => values.forEach((value) => typeof value === 'string' && secrets.add(value));
  const keepMembers = (body: Record<string, unknown>) =>
    keep(body.access_token, body.refresh_token, body.ticket, body.pct);

  beforeAll(async () => {
    const { world, connections, http, issuer } = server();
    keep(...Object.values(world.clients).map(({ secret }) => secret));
    connections.forEach((connection) => keepMembers({ ...connection }));
    keep((await readFile(join(server().directory, 'key-encryption-key'), 'utf8')).trim());
    const pat = protectionApi(server(), connections[0]?.access_token ?? '');
    const owner = ownerApi(server(), connections[1]?.access_token ?? '');
    const [open, closed] = [
      await pat.register({ resource_scopes: ['view'] }),
      await pat.register({ resource_scopes: ['view'] }),
    ];
    await owner.share({ resource_id: open, subject: { type: 'anyone' }, scopes: ['view'] });
    const shop = clientOf(server(), 'print-shop');
    for (const [resource, subject] of [
      [open, CAROL],
      [closed, DAVE],
    ] as const) {
      const ticket = await pat.ticket({ resource_id: resource, resource_scopes: ['view'] });
      const question = (await shop.rpt(ticket)).json();
      const idToken = await world.partner.idToken({ subject, audience: issuer });
      keep(ticket, idToken);
      keepMembers(question);
      const answer = (await shop.rpt(String(question.ticket), pushed(idToken))).json();
      keepMembers(answer);
      // Presented again, and as what they are not: these lines are the tempting ones.
      await shop.rpt(ticket, pushed(idToken));
      for (const value of [answer.access_token, answer.refresh_token, answer.ticket].map(String)) {
        await pat.introspect(value);
        await shop.introspect(value);
        await http.get(`/uma/resources/${value}`, { bearer: value });
        await http.get(`/me/resources?access_token=${value}`);
      }
      if (typeof answer.refresh_token === 'string') keepMembers((await shop.refresh(answer.refresh_token)).json());
      if (typeof answer.pct === 'string') await shop.revoke(answer.pct);
    }
    const signed = world.clients['signed-shop'];
    const assertion = await clientAssertion(signed, issuer);
    keep(assertion);
    const form = { grant_type: 'client_credentials', scope: 'photos.read', ...assertionForm(assertion) };
    for (let times = 0; times < 2; times += 1) keepMembers((await http.form('/token', form)).json());
    const wrong = { authorization: basic('print-shop', 'a-wrong-secret-that-may-be-right-elsewhere') };
    keep('a-wrong-secret-that-may-be-right-elsewhere', wrong.authorization);
    await http.form('/token', { grant_type: 'client_credentials' }, { headers: wrong });
    await http.send({ method: 'POST', path: '/token', body: 'client_secret=in-a-broken-body%ZZ' });
    keep('in-a-broken-body');
    await refusalsOfTickets(keep);
    await refusalsOfTheOwnerApi(keep);
  });

  /** Every way in which the uma-ticket grant says no, with values that must not be written in every place. */
  async function refusalsOfTickets(keep: Keep): Promise<void> {
    const { world, connections, issuer, http } = server();
    const pat = protectionApi(server(), connections[0]?.access_token ?? '');
    const owner = ownerApi(server(), connections[1]?.access_token ?? '');
    const [shop, thief] = [clientOf(server(), 'print-shop'), clientOf(server(), 'other-shop')];
    const resource = await pat.register({ resource_scopes: ['view'] });
    const id = await owner.share({
      resource_id: resource,
      subject: { type: 'account', account_id: 'carol' },
      scopes: ['view'],
    });
    const ticketOf = async () => {
      const ticket = await pat.ticket({ resource_id: resource, resource_scopes: ['view'] });
      keep(ticket);
      return ticket;
    };
    const tokenOf = async (subject: string, more: object = {}) => {
      const idToken = await world.partner.idToken({ subject, audience: issuer, ...more });
      keep(idToken);
      return idToken;
    };
    const granted = (await shop.rpt(await ticketOf(), pushed(await tokenOf(CAROL)))).json<Record<string, string>>();
    keepMembers(granted);
    const { pct = '', access_token: rpt = '' } = granted;
    const stolen = await ticketOf();
    await shop.rpt(stolen);
    const once = await tokenOf(DAVE);
    const refusals: [string, Answer][] = [
      ['invalid_grant', await thief.rpt(stolen, { pct, rpt })],
      ['invalid_grant', await shop.rpt(`${stolen.slice(0, -1)}x`)],
      ['invalid_scope', await shop.rpt(await ticketOf(), { scope: pct })],
      ['need_info', await thief.rpt(await ticketOf(), { pct })],
      ['need_info', await shop.rpt(await ticketOf(), { claim_token: rpt, claim_token_format: pct })],
      ['need_info', await shop.rpt(await ticketOf(), pushed(`${await tokenOf(CAROL)}x`))],
      ['request_submitted', await shop.rpt(await ticketOf(), { ...pushed(once), rpt })],
      ['need_info', await shop.rpt(await ticketOf(), pushed(once))],
      ['invalid_request', await shop.rpt(await ticketOf(), { claim_token: rpt })],
    ];
    for (const [error, answer] of refusals) {
      keepMembers(answer.json());
      expect([error, answer.json().error]).toEqual([error, error]);
    }
    await owner.removePolicy(id);
    keepMembers((await shop.rpt(await ticketOf(), { pct })).json());
    await http.form('/token', [
      ['ticket', stolen],
      ['ticket', stolen],
      ['grant_type', rpt],
    ]);
  }

  /** Every way in which the owner API says no, with tokens in every place. */
  async function refusalsOfTheOwnerApi(keep: Keep): Promise<void> {
    const { connections, http } = server();
    const bearer = connections[1]?.access_token ?? '';
    const pat = connections[0]?.access_token ?? '';
    const resource = await protectionApi(server(), pat).register({ resource_scopes: ['view'] });
    const policy = { resource_id: resource, subject: { type: 'anyone' }, scopes: ['view'] };
    const options = { bearer, headers: { 'if-match': pat, 'accept-language': pat, cookie: `token=${pat}` } };
    keep(`Bearer ${bearer}`, `token=${pat}`);
    const answers: [number, Answer][] = [
      [401, await http.get('/me/resources', { bearer: `${bearer}x` })],
      [403, await http.get('/me/resources', { bearer: pat })],
      [401, await http.get(`/me/policies?access_token=${bearer}`)],
      [404, await http.get(`/me/policies/${pat}`, options)],
      [404, await http.get(`/me/${pat}`, options)],
      [400, await http.get(`/me/policies?cursor=${pat}&limit=${pat}`, options)],
      [404, await http.json('PUT', `/me/policies/${pat}`, policy, options)],
      [404, await http.send({ method: 'DELETE', path: `/me/authorizations/${pat}`, ...options })],
      [400, await http.json('POST', `/me/requests/${pat}/approve`, { scopes: [pat] }, options)],
      [404, await http.json('POST', `/me/requests/${pat}/deny`, {}, options)],
      [400, await http.json('POST', '/me/policies', { ...policy, [pat]: pat }, options)],
      [404, await http.json('POST', '/me/policies', { ...policy, resource_id: pat }, options)],
      [400, await http.json('POST', '/me/policies', { ...policy, scopes: [pat] }, options)],
      [400, await http.json('POST', '/me/policies', { ...policy, subject: { type: pat } }, options)],
      [405, await http.json('PATCH', '/me/policies', { pat }, options)],
      [
        400,
        await http.send({
          method: 'POST',
          path: '/me/policies',
          body: `{"${pat}`,
          bearer,
          headers: { 'content-type': 'application/json' },
        }),
      ],
      [
        415,
        await http.send({
          method: 'POST',
          path: '/me/policies',
          body: pat,
          bearer,
          headers: { 'content-type': `text/${pat}` },
        }),
      ],
    ];
    expect(answers.map(([, answer]) => answer.status)).toEqual(answers.map(([status]) => status));
  }

  it('243 are in no line of the log, at the level that says most', () => {
    const log = server().log();
    expect(secrets.size).toBeGreaterThan(15);
    expect([...secrets].filter((secret) => log.includes(secret))).toEqual([]);
    // Neither are their random parts, encoded or cut.
    const parts = [...secrets].filter((secret) => secret.length > 40).map((secret) => secret.slice(-36, -6));
    expect(parts.filter((part) => log.includes(part))).toEqual([]);
  });

  it('243 have no stack trace beside them: whatever was refused is no fault', () => {
    expect(server().log()).not.toMatch(/"stack"|\\n\s+at |"level":"(error|fatal)"/);
  });

  it('every line of the log is JSON, and every request has an id of its own and the pattern of its route', () => {
    const lines = server()
      .log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LogLine);
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests.length).toBeGreaterThan(20);
    const ids = requests.map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true);
    expect(requests.map(({ route }) => route)).toContain('/uma/resources/:id');
  });

  it('243 are not in the metrics', async () => {
    const { text } = await server().http.get('/metrics');
    expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain('route="/uma/resources/:id"');
  });

  it('240 241 242 are not in a dump of the database: no issued value, no client secret, no private key', async () => {
    await server().stop();
    const dump = await databaseDump(server());
    await server().restart();
    expect(dump).toContain('photo-service');
    const values = [...secrets].flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
    expect(values.filter((value) => dump.includes(value))).toEqual([]);
    // A value without its kind and checksum would be as good as the whole.
    const cores = [...secrets].filter((value) => value.startsWith('vk_')).map((value) => value.slice(-36, -6));
    expect(cores.filter((core) => dump.includes(core))).toEqual([]);
    expect(dump).not.toMatch(/PRIVATE KEY|\\"d\\":/);
  });
});
