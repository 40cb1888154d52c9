import { clientOf, pushed } from '../support/client.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { type Answer, httpFor, type Options } from '../support/http.js';
import { DAVE } from '../support/world.js';
import { DocumentedAnswers, documentedPaths, type OpenApi } from './documented-answers.js';

const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];

/** Members that later requests need; a missing one shows as a refusal that is not as documented. */
type Names = Readonly<Record<'_id' | 'id' | 'ticket' | 'access_token', string>>;
const NOTHING: Names = { _id: '', id: '', ticket: '', access_token: '' };

/** Everything that can be switched on is: the document describes it. */
const CONFIG = { registration: { mode: 'open' } };

const OPTIONS = { connections: CONNECTIONS, issuerPath: '/t1', config: CONFIG, engines: ONE_ENGINE };

describeServer('OpenAPI', OPTIONS, (server) => {
  /** Public files, scripts among them: the rules for answers that could hold a secret are not for them. */
  const file = async (path: string) => {
    const answer = await fetch(server().issuer + path);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const document = async () => JSON.parse((await file('/docs-json')).text) as OpenApi;

  it('reads at {issuer}/docs without any other host, and nothing else may run there', async () => {
    const page = await file('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)]);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    const parts = [...page.text.matchAll(/(?:src|href)=["']([^"']+)["']/g)].map((match) => match[1] ?? '');
    expect(parts.length).toBeGreaterThanOrEqual(4);
    for (const part of parts) {
      expect(part).toMatch(/^\.\/docs\/[\w.-]+$/);
      const answer = await file(part.slice(1));
      const type = part.endsWith('.js') ? /javascript/ : part.endsWith('.css') ? /^text\/css/ : /^image\/png/;
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(type)]);
    }
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\son\w+=/);
    expect((await file('/docs/swagger-ui-init.js')).text).not.toContain('validator.swagger.io');
  });

  it('serves nothing but the page’s own files there', async () => {
    for (const path of [
      '/docs/../../package.json',
      '/docs/%2e%2e/%2e%2e/package.json',
      '/docs/nothing.js',
      '/docs-yaml',
    ])
      expect((await file(path)).status).toBeGreaterThanOrEqual(400);
  });

  it('every documented path has the documented methods and no other', async () => {
    const paths = documentedPaths(await document());
    expect(paths.length).toBeGreaterThanOrEqual(25);
    for (const { path, base, methods } of paths)
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
        const { status } = await fetch(base + path.replace('{id}', 'x'), { method });
        const isServed = status !== 404 && status !== 405;
        expect(`${method} ${path} ${isServed}`).toBe(`${method} ${path} ${methods.includes(method)}`);
      }
  });

  /** The newest that came through UMA. */
  const idOf = async (list: string, member: string, owner: Options = {}) => {
    const { items } = (await server().http.get(`/me/${list}`, owner)).json<{ items: Record<string, string>[] }>();
    return items.find((item) => item['origin'] !== 'owner')?.[member] ?? '';
  };

  it('answers are as documented, member by member', async () => {
    const documented = new DocumentedAnswers(await document());
    const [pat, owner] = server().connections.map((connection) => ({ bearer: connection.access_token }));
    const { http } = server();
    const problems: string[] = [];
    const checked = (method: string, path: string, answer: Answer) => {
      problems.push(documented.problems(method, path, answer));
      return answer.text === '' ? NOTHING : answer.json<Names>();
    };
    const call = async (method: string, path: string, options: Options & { id?: string; body?: object } = {}) => {
      const { id = '', body, ...rest } = options;
      const address = path.replace('{id}', id);
      const answer = body
        ? await http.json(method, address, body, rest)
        : await http.send({ ...rest, method, path: address });
      return checked(method, path, answer);
    };

    const resource = { name: 'Album', type: 'album', description: 'Sea', resource_scopes: ['view', 'print'] };
    const { _id: id } = await call('POST', '/uma/resources/', { ...pat, body: resource });
    await call('GET', '/uma/resources/{id}', { ...pat, id });
    await call('PUT', '/uma/resources/{id}', { ...pat, id, body: resource });
    await call('GET', '/uma/resources/', { ...pat });
    await call('GET', '/uma/resources/{id}', { ...pat, id: 'none' });
    await call('POST', '/uma/resources', { ...pat, body: {} });
    const wanted = { resource_id: id, resource_scopes: ['view'] };
    const { ticket } = await call('POST', '/uma/permission', { ...pat, body: wanted });
    await call('POST', '/uma/permission', { ...pat, body: { ...wanted, resource_id: 'none' } });
    await call('POST', '/uma/permission', { body: wanted });

    const shop = clientOf(server(), 'print-shop');
    const { ticket: second } = checked('POST', '/token', await shop.rpt(ticket));
    const { partner } = server().world;
    const dave = pushed(await partner.idToken({ subject: DAVE, audience: server().issuer, claims: { name: 'Dave' } }));
    const { ticket: third } = checked('POST', '/token', await shop.rpt(second, dave));
    await call('GET', '/me/requests', { ...owner });
    const request = { ...owner, id: await idOf('requests', 'id', owner) };
    await call('GET', '/me/requests/{id}', request);
    await call('POST', '/me/requests/{id}/approve', { ...request, body: { scopes: { [id]: ['print'] } } });
    await call('POST', '/me/requests/{id}/approve', { ...request, body: {} });
    await call('POST', '/me/requests/{id}/deny', request);
    await call('POST', '/me/requests/{id}/deny', { ...owner, id: 'none' });
    const { access_token: rpt } = checked('POST', '/token', await shop.rpt(third));
    checked('POST', '/token', await shop.rpt(third));
    checked('POST', '/token', await shop.clientCredentials({ scope: 'photos.read' }));
    checked('POST', '/token', await clientOf(server(), 'owner-app').clientCredentials());
    checked('POST', '/introspect', await http.form('/introspect', { token: rpt }, pat));
    checked('POST', '/introspect', await http.form('/introspect', { token: 'none' }, pat));
    checked('POST', '/introspect', await http.form('/introspect', { token: rpt }));

    for (const path of ['/me/resources', '/me/policies', '/me/authorizations']) {
      await call('GET', path, { ...owner });
      await call('GET', path, { ...pat });
      await call('GET', path);
    }
    await call('GET', '/me/resources/{id}', { ...owner, id });
    const policy = { resource_id: id, subject: { type: 'anyone' }, scopes: ['view'], max_claims_age: 60 };
    const { id: policyId } = await call('POST', '/me/policies', { ...owner, body: policy });
    await call('POST', '/me/policies', { ...owner, body: {} });
    await call('GET', '/me/policies/{id}', { ...owner, id: policyId });
    await call('PUT', '/me/policies/{id}', { ...owner, id: policyId, body: policy });
    await call('PUT', '/me/policies/{id}', { ...owner, id: policyId, body: policy, headers: { 'if-match': '"1"' } });
    await call('PUT', '/me/policies/{id}', { ...owner, id: policyId, body: policy, headers: { 'if-match': '"7"' } });
    await call('DELETE', '/me/policies/{id}', { ...owner, id: policyId });
    const grant = { ...owner, id: await idOf('authorizations', 'grant_id', owner) };
    await call('GET', '/me/authorizations/{id}', grant);
    await call('GET', '/me/authorizations/{id}/resources', grant);
    await call('DELETE', '/me/authorizations/{id}', grant);
    checked('POST', '/revoke', await shop.revoke(rpt));
    checked('POST', '/revoke', await clientOf(server(), { clientId: 'nobody', method: 'none' }).revoke(rpt));
    await call('DELETE', '/uma/resources/{id}', { ...pat, id });
    await call('GET', '/jwks');
    await call('GET', '/.well-known/uma2-configuration');
    const root = httpFor(new URL(server().issuer).origin);
    for (const path of ['/health/live', '/health/ready', '/.well-known/oauth-authorization-server/t1'])
      checked('GET', path, await root.get(path));
    expect(problems.filter((problem) => problem !== '')).toEqual([]);
    expect(problems.length).toBeGreaterThanOrEqual(50);
  });
});
