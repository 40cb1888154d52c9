import { readFile } from 'node:fs/promises';
import { signedIn } from '../account/people.js';
import { documentedPaths, type OpenApi } from '../documentation/documented-answers.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Answer } from '../support/http.js';
import { givePassword } from '../support/person.js';

const BASE = '/operator-api/';
/** What a caller may say of herself, and what stands where an operation looks for something. */
const ROLES = {
  'x-role': 'operator',
  'x-operator': 'true',
  'x-forwarded-user': 'alice',
  'x-original-url': '/me/session',
};
const CLAIMED = { role: 'operator', is_operator: true, account_id: 'alice', operators: { accounts: ['bob'] } };

describeServer('attack class 227: the operator’s', { config: BY_ALICE, connections: OWNERS_CONNECTIONS }, (server) => {
  beforeAll(() => givePassword(server(), 'bob'));

  /** Every operation of the operator API, on what there is. */
  const operations = async () => {
    const document = (await (await fetch(`${server().issuer}/docs-json`)).json()) as OpenApi;
    const found = documentedPaths(document)
      .filter(({ path }) => path.startsWith(BASE))
      .flatMap(({ path, methods }) =>
        methods.map((method) => ({ method, path: path.slice(BASE.length).replaceAll(/\{\w+\}/g, 'print-shop') })),
      );
    expect(found.length).toBeGreaterThan(10);
    return found;
  };
  const screens = async () => {
    const routes = await readFile('apps/console/src/operator/routes.ts', 'utf8');
    const paths = [...routes.matchAll(/path: '(\/[^']*)'/g)].map(([, path = '']) => path.replace('$id', 'print-shop'));
    expect(paths.length).toBeGreaterThan(5);
    return [...paths.map((path) => `/operator${path}`), '/operator', '/operator/preview/print-shop'];
  };
  const state = async () => {
    const api = await operatorApi(server());
    const answers = await Promise.all(['clients', 'wording?limit=200'].map((path) => api.get(path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    return answers.map(({ text }) => text.replaceAll(/"last_used_at":"[^"]*",?/g, ''));
  };
  /** Tries every operation. @returns what was not refused as it must be, and that all is as before */
  const opened = async (send: (method: string, path: string) => Promise<Answer>, refusal: string) => {
    const before = await state();
    const wrong: string[] = [];
    for (const { method, path } of await operations()) {
      const found = outcome(await send(method, path));
      if (found !== refusal) wrong.push(`${method} ${path}: ${found}`);
    }
    return [wrong, (await state()).join() === before.join()];
  };

  it('API is closed to nobody and to every token, an operator’s too', async () => {
    const { alice, bob } = ownersOf(server());
    const pat = server().connections[0]?.access_token ?? '';
    const { http } = server();
    const body = (method: string) =>
      method === 'GET'
        ? {}
        : { body: JSON.stringify(CLAIMED), headers: { ...ROLES, 'content-type': 'application/json' } };
    for (const bearer of [undefined, alice.token, bob.token, pat, 'x']) {
      const who = bearer === undefined ? {} : { bearer };
      const send = (method: string, path: string) =>
        http.send({ method, path: BASE + path, headers: ROLES, ...body(method), ...who });
      expect([bearer, ...(await opened(send, '401 login_required'))]).toEqual([bearer, [], true]);
    }
  });

  it('API is closed to an owner, with her own and with a stolen token of a page of the operator, whatever she claims', async () => {
    const bob = await operatorApi(server(), 'bob');
    const { csrf } = await operatorApi(server());
    for (const headers of [ROLES, { ...ROLES, 'x-csrf-token': csrf }]) {
      const send = (method: string, path: string) =>
        method === 'GET' ? bob.get(path, headers) : bob.change(method, path, CLAIMED, headers);
      const refusal = '403 access_denied';
      expect([Object.keys(headers), ...(await opened(send, refusal))]).toEqual([Object.keys(headers), [], true]);
    }
  });

  it('API changes nothing for a page that has an operator’s cookies and a token of another session, browser or API', async () => {
    const alice = await operatorApi(server());
    const other = await operatorApi(server());
    const bob = await operatorApi(server(), 'bob');
    const { browser } = await signedIn(server(), 'alice');
    const ofPage = /name="csrf" value="([^"]+)"/.exec(
      (await browser.open(`${server().issuer}/account/notices`)).text,
    )?.[1];
    const changes = (await operations()).filter(({ method }) => method !== 'GET');
    const before = await state();
    for (const stolen of [other.csrf, bob.csrf, ofPage ?? '', 'x'])
      for (const { method, path } of changes) {
        const answer = await alice.change(method, path, {}, { 'x-csrf-token': stolen });
        expect([method, path, outcome(answer)]).toEqual([method, path, '403 access_denied']);
      }
    expect(await state()).toEqual(before);
  });

  it('console and previews are pages without anything of it for an owner, and the sign-in for nobody', async () => {
    const { browser } = await signedIn(server(), 'bob');
    for (const path of await screens()) {
      const page = await browser.open(server().issuer + path);
      expect([path, page.status]).toEqual([path, 403]);
      expect(page.text).not.toMatch(/<script|Print shop|Shops Ltd/);
      const nobody = await new FormBrowser(server().issuer).open(server().issuer + path);
      expect([path, nobody.text.includes('name="password"'), nobody.text.includes('<script src')]).toEqual([
        path,
        true,
        false,
      ]);
    }
    const session = await (await sessionApi(server(), browser)).get('session', ROLES);
    expect(session.json()['is_operator']).toBe(false);
  });
});
