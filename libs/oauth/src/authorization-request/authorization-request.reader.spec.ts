import fc from 'fast-check';
import { describeDatabases, write } from '@valetkey/testing';
import {
  CALLBACK,
  CHALLENGE,
  OTHERS,
  parametersOf,
  PHOTOS,
  requestForm,
  RequestWorld,
} from './authorization-requests.fixture.js';

type Changes = Readonly<Record<string, string | undefined>>;

/** Bad in twelve ways, each of which is told to the client where its address is good. */
const BAD: readonly [title: string, changes: Changes, code: string, reason: string][] = [
  ['no response type', { response_type: undefined }, 'invalid_request', 'parameter_missing'],
  ['CO-06 response_type=token', { response_type: 'token' }, 'unsupported_response_type', 'response_type_unknown'],
  ['an unknown response mode', { response_mode: 'x' }, 'invalid_request', 'response_mode_unknown'],
  ['CO-03 no challenge', { code_challenge: undefined }, 'invalid_request', 'challenge_missing'],
  ['CO-03 plain', { code_challenge_method: 'plain' }, 'invalid_request', 'challenge_method_unknown'],
  ['no scope', { scope: undefined }, 'invalid_scope', 'scope_missing'],
  ['a scope that is not the client’s', { scope: 'openid admin' }, 'invalid_scope', 'scope_not_allowed'],
  ['a malformed scope', { scope: 'a"b' }, 'invalid_scope', 'scope_malformed'],
  ['scopes of two servers', { scope: 'photos.read others.read' }, 'invalid_scope', 'scope_of_several_audiences'],
  ['a scope of another resource', { resource: OTHERS }, 'invalid_scope', 'scope_not_of_audience'],
  ['RI-01 an unknown resource', { resource: 'https://x.example' }, 'invalid_target', 'target_unknown'],
  ['RI-01 a relative resource', { resource: '/photos' }, 'invalid_target', 'target_malformed'],
  ['RI-01 a resource with a fragment', { resource: `${PHOTOS}#x` }, 'invalid_target', 'target_malformed'],
  [
    'RA-01 a type of nobody',
    { authorization_details: '[{"type":"x"}]' },
    'invalid_authorization_details',
    'details_type_unknown',
  ],
  [
    'JA-01 a request_uri elsewhere',
    { request_uri: 'http://127.0.0.1:1/' },
    'request_uri_not_supported',
    'request_uri_external',
  ],
  ['JA-01 request and request_uri', { request: 'x', request_uri: 'y' }, 'invalid_request', 'request_and_request_uri'],
  ['JA-03 a request object of nobody', { request: 'x' }, 'invalid_request_object', 'request_object_invalid'],
  ['prompt=none login', { prompt: 'none login' }, 'invalid_request', 'prompt_contradicts_itself'],
  ['a grant of nobody', { grant_management_action: 'merge', grant_id: 'g_1' }, 'invalid_grant_id', 'grant_unknown'],
];

describeDatabases('reading authorization requests', (open) => {
  let world: RequestWorld;
  beforeAll(() => (world = new RequestWorld(open().database)));

  it.each([
    ['are asked for where the request says nothing', {}, ['phr']],
    ['give way to acr_values', { acr_values: 'urn:valetkey:acr:2' }, ['urn:valetkey:acr:2']],
    ['give way to the claim, which insists on nothing', { claims: '{"id_token":{"acr":{"value":"x"}}}' }, []],
    ['stay where the claim has no value', { claims: '{"id_token":{"acr":null}}' }, ['phr']],
  ])('OpenID Connect Dynamic Client Registration section 2: default_acr_values %s', async (_what, said, acrValues) => {
    const client = world.client({ metadata: { defaultAcrValues: ['phr'] } });
    const read = await world.read(Object.entries({ ...requestForm(client.id), ...said }));
    expect(read).toMatchObject({ kind: 'valid', request: { acrValues } });
  });

  it('reads a good request', async () => {
    const client = world.client({ metadata: { defaultMaxAge: 90_500 } });
    const read = await world.read([
      ...Object.entries(requestForm(client.id)),
      ['resource', PHOTOS],
      ['unknown', 'x'],
      ['nonce', ''],
    ]);
    expect(read).toEqual({
      kind: 'valid',
      client,
      request: {
        clientId: client.id,
        redirectUri: CALLBACK,
        responseMode: 'query',
        state: 'st',
        scopes: ['openid', 'photos.read'],
        resources: [PHOTOS],
        codeChallenge: CHALLENGE,
        prompt: [],
        maxAge: 90,
        acrValues: [],
        uiLocales: [],
      },
    });
  });

  it('RI-01 takes several resources, and the scopes of each', async () => {
    const { id } = world.client();
    const form: [string, string][] = [
      ...(Object.entries(requestForm(id, { scope: 'photos.read others.read openid' })) as [string, string][]),
      ['resource', PHOTOS],
      ['resource', OTHERS],
      ['resource', PHOTOS],
    ];
    expect(await world.read(form)).toMatchObject({ kind: 'valid', request: { resources: [PHOTOS, OTHERS] } });
  });

  it('asks for no access while she is away for a client that cannot refresh', async () => {
    const { id } = world.client({ grantTypes: ['authorization_code'] });
    const read = await world.read(requestForm(id, { scope: 'openid offline_access' }));
    expect(read).toMatchObject({ kind: 'valid', request: { scopes: ['openid'] } });
  });

  it('RA-01 takes details instead of scopes, of the client’s types', async () => {
    const { id } = world.client({ metadata: { authorizationDetailsTypes: ['payment'] } });
    const details = [{ type: 'payment', actions: ['initiate'] }];
    const form = (given: object) => requestForm(id, { scope: undefined, authorization_details: JSON.stringify(given) });
    expect(await world.read(form(details))).toMatchObject({
      kind: 'valid',
      request: { scopes: [], authorizationDetails: details },
    });
    expect(await world.read(form([{ type: 'account', actions: ['x'] }]))).toMatchObject({
      reason: 'details_type_unknown',
    });
  });

  it.each(BAD)('tells the client of %s, with its state', async (_title, changes, code, reason) => {
    const { id } = world.client();
    expect(await world.read(requestForm(id, changes))).toMatchObject({
      kind: 'error_answer',
      request: { redirectUri: CALLBACK, state: 'st', clientId: id },
      code,
      reason,
    });
  });

  it.each(BAD)(
    'CO-02 CO-14 attack class 4: sends nobody anywhere with %s to an address of nobody',
    async (_title, changes) => {
      const { id } = world.client();
      for (const redirect_uri of ['https://evil.example/cb', `${CALLBACK}/`, undefined]) {
        const read = await world.read(requestForm(id, { ...changes, redirect_uri }));
        const reason = redirect_uri === undefined ? 'redirect_uri_missing' : 'redirect_uri_unregistered';
        expect(read).toEqual({ kind: 'error_page', reason });
      }
    },
  );

  it.each<[string, Changes, string]>([
    ['no client', { client_id: undefined }, 'parameter_missing'],
    ['an unknown client', { client_id: 'nobody' }, 'client_unknown'],
    ['an unregistered address', { redirect_uri: 'https://evil.example' }, 'redirect_uri_unregistered'],
    ['no address, though there is just one', { redirect_uri: undefined }, 'redirect_uri_missing'],
  ])('CO-02 shows a page for %s', async (_title, changes, reason) => {
    const { id } = world.client();
    expect(await world.read(requestForm(id, changes))).toEqual({ kind: 'error_page', reason });
  });

  it('CO-02 shows a page for a client that is disabled', async () => {
    const { id } = world.client({ enabled: false });
    expect(await world.read(requestForm(id))).toEqual({ kind: 'error_page', reason: 'client_unknown' });
  });

  it('tells a client without the grant that it may not', async () => {
    const { id } = world.client({ grantTypes: ['refresh_token'] });
    expect(await world.read(requestForm(id))).toMatchObject({ kind: 'error_answer', code: 'unauthorized_client' });
  });

  it('lets no public client manage grants by name', async () => {
    const { id } = world.client({ type: 'public' });
    const read = await world.read(requestForm(id, { grant_management_action: 'create' }));
    expect(read).toMatchObject({ kind: 'error_answer', reason: 'grant_action_of_public_client' });
  });

  it.each(Object.keys(requestForm('x')))(
    'CO-09 attack class 5: refuses %s twice, and takes neither value',
    async (name) => {
      const { id } = world.client();
      const form = Object.entries(requestForm(id)) as [string, string][];
      const value = form.find(([one]) => one === name)?.[1] ?? '';
      const isPage = name === 'client_id' || name === 'redirect_uri';
      for (const second of [value, 'x', '']) {
        const read = await world.read([...form, [name, second]]);
        expect(read).toMatchObject({ kind: isPage ? 'error_page' : 'error_answer', reason: 'repeated_parameter' });
        if (name === 'state') expect(read).not.toHaveProperty('request.state');
      }
    },
  );

  it.each(['client_id[]', 'client_id[x]', 'redirect_uri[0]', 'scope[$ne]', '__proto__', 'constructor'])(
    'CO-09 ignores the unknown name %s',
    async (name) => {
      const { id } = world.client();
      const read = await world.read([...(Object.entries(requestForm(id)) as [string, string][]), [name, 'x']]);
      expect(read.kind).toBe('valid');
    },
  );

  it('PA-07 attack class 23: refuses plain requests of clients that must push, and of all where the server asks it', async () => {
    const pushing = world.client({ metadata: { requirePushedRequests: true } });
    const refusal = { kind: 'error_answer', code: 'invalid_request', reason: 'request_must_be_pushed' };
    expect(await world.read(requestForm(pushing.id))).toMatchObject(refusal);
    const other = world.client();
    world.options.requirePushedRequests = true;
    expect(await world.read(requestForm(other.id))).toMatchObject(refusal);
    world.options.requirePushedRequests = false;
    expect((await world.read(requestForm(other.id))).kind).toBe('valid');
  });

  it('CO-14 whatever is asked, an answer goes to a registered address or nowhere (property)', async () => {
    const registered = [CALLBACK, 'http://127.0.0.1/cb', 'com.example.app:/cb'];
    const { id } = world.client({ metadata: { redirectUris: registered, applicationType: 'native' } });
    const address = fc.oneof(
      fc.constantFrom(...registered, 'http://127.0.0.1:7000/cb', 'http://localhost/cb', 'https://evil.example/cb'),
      fc.constantFrom(...registered).chain((uri) => fc.string().map((rest) => uri + rest)),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string(),
    );
    const value = fc.option(fc.oneof(fc.string(), fc.constantFrom('none', 'x', '[]', '{}')), { nil: undefined });
    const names = ['response_type', 'response_mode', 'scope', 'prompt', 'claims', 'max_age', 'request', 'request_uri'];
    const changes = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(address, changes, async (uri, bad) => {
        const read = await world.read(requestForm(id, { ...bad, redirect_uri: uri })).catch(() => undefined);
        if (!read || read.kind === 'error_page') return;
        const { redirectUri } = read.request;
        expect(redirectUri).toBe(uri);
        const withoutPort = redirectUri.replace(/^(http:\/\/127\.0\.0\.1):\d+\//, '$1/');
        expect(registered).toContain(withoutPort);
      }),
      { numRuns: 300 },
    );
  });

  describe('RFC 9126: pushed requests', () => {
    const push = async (form: Changes, id: string) =>
      world.reader.push((await world.registry.find(id)) ?? world.client(), parametersOf(form));

    it('PA-02 PA-05 is read under its name by its client, as often as the page is loaded', async () => {
      const { id } = world.client({ metadata: { requirePushedRequests: true } });
      const { request_uri, expires_in } = await push(requestForm(id, { prompt: 'login' }), id);
      expect(request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:vk_pr_[\w-]{49}$/);
      expect(expires_in).toBe(90);
      for (let load = 0; load < 3; load += 1) {
        const read = await world.read({
          client_id: id,
          request_uri,
          scope: 'openid admin',
          redirect_uri: 'https://evil.example',
        });
        expect(read).toMatchObject({
          kind: 'valid',
          request: { redirectUri: CALLBACK, scopes: ['openid', 'photos.read'], prompt: ['login'] },
        });
      }
    });

    it('PA-05 attack class 21: is not read by another client, after its end, changed, or after its code was issued', async () => {
      const [one, other] = [world.client(), world.client()];
      const { request_uri } = await push(requestForm(one.id), one.id);
      const unknown = { kind: 'error_page', reason: 'request_uri_unknown' };
      const read = (client_id: string, uri = request_uri) => world.read({ client_id, request_uri: uri });
      expect(await read(other.id)).toEqual(unknown);
      expect(await read(one.id, `${request_uri.slice(0, -1)}~`)).toEqual(unknown);
      expect(await read(one.id, 'urn:ietf:params:oauth:request_uri:')).toEqual(unknown);
      expect((await read(one.id)).kind).toBe('valid');
      const found = await world.pushed.peek(request_uri, one.id);
      await write(world.database, (writes) => world.pushed.take(writes, found ?? {}));
      expect(await read(one.id)).toEqual(unknown);
      const late = await push(requestForm(one.id), one.id);
      world.clock.time += 89_999;
      expect((await read(one.id, late.request_uri)).kind).toBe('valid');
      world.clock.time += 1;
      expect(await read(one.id, late.request_uri)).toEqual(unknown);
    });

    it('is not read when its address is no longer registered', async () => {
      const { id } = world.client();
      const { request_uri } = await push(requestForm(id), id);
      world.client({ id, metadata: { redirectUris: ['https://shop.example/new'] } });
      expect(await world.read({ client_id: id, request_uri })).toEqual({
        kind: 'error_page',
        reason: 'redirect_uri_unregistered',
      });
    });

    it('PA-03 attack class 19: refuses a request_uri in it', async () => {
      const { id } = world.client();
      await expect(push({ ...requestForm(id), request_uri: 'urn:x' }, id)).rejects.toMatchObject({
        code: 'invalid_request',
      });
    });

    it.each(BAD.filter(([, changes]) => changes['request_uri'] === undefined))(
      'PA-04 refuses %s at once',
      async (_title, changes, code, reason) => {
        const { id } = world.client();
        await expect(push(requestForm(id, changes), id)).rejects.toMatchObject({ code, reason });
      },
    );

    it('PA-08 refuses an address that is not registered', async () => {
      const { id } = world.client();
      const refusal = { code: 'invalid_request', reason: 'redirect_uri_unregistered' };
      await expect(push(requestForm(id, { redirect_uri: `${CALLBACK}?` }), id)).rejects.toMatchObject(refusal);
    });
  });
});
