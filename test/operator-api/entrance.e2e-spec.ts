import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { documentedPaths, type OpenApi } from '../documentation/documented-answers.js';
import { sessionApi } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword } from '../support/person.js';
import type { Server } from '../support/server.js';
import { PASSWORD } from '../support/world.js';
import { BY_ALICE, operatorApi } from './operators.js';

interface Operation {
  readonly method: string;
  /** Below `/operator-api/`. */
  readonly path: string;
}

const BASE = '/operator-api/';

/** Every operation that the document has, with an invented id in each path. */
async function operationsOf({ issuer }: Server): Promise<Operation[]> {
  // A public file: the rules for answers that could hold a secret are not for it.
  const document = (await (await fetch(`${issuer}/docs-json`)).json()) as OpenApi;
  return documentedPaths(document)
    .filter(({ path }) => path.startsWith(BASE))
    .flatMap(({ path, methods }) =>
      methods.map((method) => ({
        method: method.toUpperCase(),
        path: path.slice(BASE.length).replaceAll(/\{[a-z_]+\}/g, 'x1'),
      })),
    );
}

const FORGED: readonly Record<string, string>[] = [
  { 'x-csrf-token': '' },
  { origin: 'https://evil.example' },
  { origin: '' },
];

const isChange = ({ method }: Operation) => method !== 'GET';

describeServer(
  'who may use the operator API',
  { config: BY_ALICE, connections: OWNERS_CONNECTIONS, engines: ONE_ENGINE },
  (server) => {
    let operations: Operation[];
    beforeAll(async () => {
      await givePassword(server(), 'bob');
      operations = await operationsOf(server());
      expect(operations.length).toBeGreaterThan(0);
    });

    it('access control: an owner who is no operator is refused by every operation, before anything is looked up', async () => {
      const bob = await operatorApi(server(), 'bob');
      for (const operation of operations) {
        const { method, path } = operation;
        const refused = isChange(operation) ? await bob.change(method, path, {}) : await bob.get(path);
        expect([method, path, outcome(refused)]).toEqual([method, path, '403 access_denied']);
      }
    });

    it('no token opens it, not even an operator’s; nobody is nobody', async () => {
      const { alice } = ownersOf(server());
      for (const { method, path } of operations) {
        const answers = await Promise.all([
          server().http.send({ method, path: BASE + path, headers: { authorization: `Bearer ${alice.token}` } }),
          server().http.send({ method, path: BASE + path }),
        ]);
        expect([method, path, ...answers.map(outcome)]).toEqual([
          method,
          path,
          '401 login_required',
          '401 login_required',
        ]);
      }
    });

    it('215 a change without our page’s token, or from another origin, is refused by every operation that changes', async () => {
      const alice = await operatorApi(server());
      for (const { method, path } of operations.filter(isChange)) {
        for (const headers of FORGED) {
          const refused = await alice.change(method, path, {}, headers);
          expect([method, path, outcome(refused)]).toEqual([method, path, '403 access_denied']);
        }
      }
    });

    it('what another site asks for has no session; what an operator is answered is kept by nobody', async () => {
      const alice = await operatorApi(server());
      expect(outcome(await alice.get('jobs', { 'sec-fetch-site': 'cross-site' }))).toBe('401 login_required');
      const answer = await alice.get('jobs');
      expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
      expect((await alice.change('DELETE', 'jobs')).status).toBe(405);
    });

    it('the session says who is an operator', async () => {
      for (const [username, isOperator] of [
        ['alice', true],
        ['bob', false],
      ] as const) {
        const browser = new FormBrowser(server().issuer);
        await browser.submit(await browser.open(`${server().issuer}/console/`), { username, password: PASSWORD });
        const session = await (await sessionApi(server(), browser)).get('session');
        expect([username, session.json()['is_operator']]).toEqual([username, isOperator]);
      }
    });

    it('the operator’s console is a page of ours, without its scripts, for who is none: it says whom to ask', async () => {
      const { issuer } = server();
      const browser = new FormBrowser(issuer);
      const page = await browser.submit(await browser.open(`${issuer}/operator/jobs`), {
        username: 'bob',
        password: PASSWORD,
      });
      expect([page.status, page.url]).toEqual([403, `${issuer}/operator/jobs`]);
      expect(page.text).toContain('Ask whoever runs this service.');
      expect(page.text).not.toContain('<script');
    });
  },
);

describeServer('nobody is an operator unless named', { engines: ONE_ENGINE }, (server) => {
  it('by default the operator API and its console are closed to all', async () => {
    expect(outcome(await (await operatorApi(server())).get('jobs'))).toBe('403 access_denied');
    const browser = new FormBrowser(server().issuer);
    const page = await browser.submit(await browser.open(`${server().issuer}/operator/`), {
      username: 'alice',
      password: PASSWORD,
    });
    expect(page.status).toBe(403);
  });
});

describeServer(
  'RFC 9470 for operators',
  { config: { operators: { accounts: ['alice'], max_auth_age: '2s' } }, engines: ONE_ENGINE },
  (server) => {
    it('232 a change needs a recent sign-in, which the console asks for; reading does not', async () => {
      const { issuer } = server();
      const browser = new FormBrowser(issuer);
      await browser.submit(await browser.open(`${issuer}/operator/`), { username: 'alice', password: PASSWORD });
      await past(Date.now() + 3_000);
      const old = await sessionApi(server(), browser, 'operator-api');
      expect((await old.get('jobs')).status).toBe(200);
      const changes = (await operationsOf(server())).filter(isChange);
      for (const { method, path } of changes) {
        expect([path, outcome(await old.change(method, path, {}))]).toEqual([
          path,
          '401 insufficient_user_authentication',
        ]);
      }
      const asked = `${issuer}/console/sign-in?return=/operator/jobs&for=change`;
      const shown = await browser.submit(await browser.open(asked), { username: 'alice', password: PASSWORD });
      expect([shown.status, shown.url]).toEqual([200, `${issuer}/operator/jobs`]);
    });
  },
);
