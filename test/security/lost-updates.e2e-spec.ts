import { documentedPaths, type OpenApi } from '../documentation/documented-answers.js';
import { registered, SETTINGS as CLIENT } from '../operator-api/clients.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { accessOf, inDays } from '../owner-api/access-calls.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { describeServer } from '../support/engines.js';
import { type Answer, WHICHEVER } from '../support/http.js';
import type { Server } from '../support/server.js';

type Headers = Readonly<Record<string, string>>;

/** One change of something that has a version, and how that something is. */
interface Change {
  readonly send: (headers: Headers) => Promise<Answer>;
  readonly state: () => Promise<Answer>;
}

const WORDS = { words: { texts: { en: { verb: 'read' } } }, publish: false };

const shared = async (server: Server) => {
  const { alice } = ownersOf(server);
  const draft = { resource_id: await alice.album(), subject: { type: 'anyone' }, scopes: ['view'] };
  return { draft, id: await alice.owner.share(draft) };
};
const ofOwner = (server: Server, path: string, body: object): Change => {
  const { token: bearer } = ownersOf(server).alice;
  return {
    send: (headers) => server.http.json('PUT', path, body, { bearer, headers }),
    state: () => server.http.get(path.replace('/shares/', '/access/'), { bearer }),
  };
};
const ofOperator = async (
  server: Server,
  method: string,
  path: string,
  { body, item = path }: { body?: object; item?: string },
): Promise<Change> => {
  const operator = await operatorApi(server);
  return {
    send: (headers) => operator.change(method, path, body, headers),
    state: () => operator.get(item),
  };
};
const ofClient = async (server: Server, method: string, step: string) => {
  const operator = await operatorApi(server);
  const item = `clients/${(await registered(operator)).client_id}`;
  return { ...(await ofOperator(server, method, item + step, { item })), operator, item };
};
const wordingOf = (scope: string) => `wording/${Buffer.from(scope).toString('base64url')}`;

const CHANGES: Readonly<Record<string, (server: Server) => Promise<Change>>> = {
  'PUT /me/policies/{id}': async (server) => {
    const { id, draft } = await shared(server);
    return ofOwner(server, `/me/policies/${id}`, { ...draft, scopes: ['print'] });
  },
  'PUT /me/shares/{id}': async (server) => {
    const { id } = await shared(server);
    return ofOwner(server, `/me/shares/share:${id}`, { scopes: ['print'], until: inDays(3) });
  },
  'PUT /me/access/{id}': async (server) => {
    const rows = await accessOf(server, ownersOf(server).alice).get('access?limit=200');
    const row = rows
      .json<{ items: { id: string; holder: { id: string } }[] }>()
      .items.find(({ id, holder }) => id.startsWith('grant:') && holder.id === 'client:print-shop');
    return ofOwner(server, `/me/access/${row?.id ?? ''}`, { until: inDays(5) });
  },
  'PUT /operator-api/clients/{id}': async (server) => {
    const path = `clients/${(await registered(await operatorApi(server))).client_id}`;
    return ofOperator(server, 'PUT', path, { body: { ...CLIENT, publisher: 'Another' } });
  },
  'POST /operator-api/clients/{id}/secret': (server) => ofClient(server, 'POST', '/secret'),
  'POST /operator-api/clients/{id}/suspend': (server) => ofClient(server, 'POST', '/suspend'),
  'POST /operator-api/clients/{id}/resume': async (server) => {
    const change = await ofClient(server, 'POST', '/resume');
    await change.operator.change('POST', `${change.item}/suspend`, undefined, WHICHEVER);
    return change;
  },
  'DELETE /operator-api/clients/{id}': (server) => ofClient(server, 'DELETE', ''),
  'PUT /operator-api/wording/{id}': (server) => ofOperator(server, 'PUT', wordingOf('photos.read'), { body: WORDS }),
  'POST /operator-api/wording/{id}/withdraw': (server) =>
    ofOperator(server, 'POST', `${wordingOf('view')}/withdraw`, { item: wordingOf('view') }),
  'POST /operator-api/wording/{id}/reset': (server) =>
    ofOperator(server, 'POST', `${wordingOf('photos.read')}/reset`, { item: wordingOf('photos.read') }),
};

/** Without a version: each says all of a small thing that is its owner's alone, and the last word is what she meant. */
const LAST_WORD = ['PUT /me/resources/{id}/labels', 'PUT /me/resources/{id}/star', 'PUT /me/settings'];

const KEPT = { account: 'alice', client: 'print-shop', scope: 'photos.read' };
const SET_UP = { connections: [...OWNERS_CONNECTIONS, KEPT], config: BY_ALICE };

describeServer('152 a change says which version it is of', SET_UP, (server) => {
  it('every replacement of the owner API and the operator API is in the table, or has no version', async () => {
    const document = (await (await fetch(`${server().issuer}/docs-json`)).json()) as OpenApi;
    const puts = documentedPaths(document)
      .filter(({ path }) => /^\/(me|operator-api)\//.test(path))
      .flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`))
      .filter((route) => /^(PUT|PATCH) /.test(route));
    const known = [...LAST_WORD, ...Object.keys(CHANGES).filter((route) => route.startsWith('PUT'))];
    expect(puts.sort()).toEqual(known.sort());
  });

  it.each(Object.keys(CHANGES))(
    '%s: 428 without If-Match and 412 with another version, and nothing is changed; with `*` it is made',
    async (route) => {
      const change = await CHANGES[route]?.(server());
      if (!change) throw new Error(route);
      const { text: before } = await change.state();
      expect(outcome(await change.send({}))).toBe('428 precondition_required');
      for (const other of ['"999"', 'W/"1"', '""'])
        expect([other, outcome(await change.send({ 'if-match': other }))]).toEqual([other, '412 precondition_failed']);
      expect((await change.state()).text).toBe(before);
      expect([200, 201]).toContain((await change.send({ 'if-match': '*' })).status);
      expect((await change.state()).text).not.toBe(before);
    },
  );
});
