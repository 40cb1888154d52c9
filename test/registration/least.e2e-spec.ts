import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { allowed, givePassword } from '../support/person.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { type Server } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { OTHERS, PHOTOS } from '../support/world.js';

const ADVERTISED = ['openid', 'profile', 'email', 'offline_access'];
const IDENTITY = [...ADVERTISED, 'address', 'phone'];
const BY_ITSELF = { grant_types: ['client_credentials'], redirect_uris: [] };
const TYPES = [{ type: 'payment', display_name: 'Pay', fields: [] }];
const MANY = { clients_per_network: 1_000, changes_per_client: 100, changes_per_network: 1_000 };
const of = (text: unknown) => String(text).split(' ');
const invalid = [400, 'invalid_client_metadata'];

const asItself = (server: Server, who: Registered) =>
  clientOf(server, { clientId: who.client_id, method: 'client_secret_basic', secret: who.client_secret ?? '' });

describeServer(
  'what whoever comes may have, where the operator has named nothing',
  { config: { registration: { mode: 'open', ...MANY }, authorization_details_types: TYPES } },
  (server) => {
    it('DC-01 attack classes 204, 206: only what is about the person: no scope and no API of the operator', async () => {
      const { register } = registrarOf(server());
      for (const metadata of [{}, BY_ITSELF]) {
        const registered = (await register({ redirect_uris: [REDIRECT], ...metadata })).json();
        expect(of(registered.scope).sort()).toEqual([...ADVERTISED].sort());
        expect(registered.audiences).toEqual([]);
        expect(registered.authorization_details_types).toEqual([]);
      }
    });

    it('DC-01, IR-61 who names no scope gets none that the metadata do not name; those that tell nothing can be named', async () => {
      const { register } = registrarOf(server());
      const metadata = (await server().http.get('/.well-known/openid-configuration')).json();
      const given = of((await register({ redirect_uris: [REDIRECT] })).json().scope);
      expect(metadata.scopes_supported).toEqual(expect.arrayContaining(given));
      const named = await register({ redirect_uris: [REDIRECT], scope: IDENTITY.join(' ') });
      expect([named.status, of(named.json().scope).sort()]).toEqual([201, [...IDENTITY].sort()]);
    });

    it.each<[string, object]>([
      ['a scope of a resource server', { scope: 'openid photos.read' }],
      ['a scope of resources', { scope: 'view' }],
      ['the protection API', { scope: 'uma_protection' }],
      ['introspection', { scope: 'introspect' }],
      ['the owner API', { scope: 'authorizations' }],
      ['a resource server', { audiences: [PHOTOS] }],
      ['a type of details', { authorization_details_types: ['payment'] }],
    ])('DC-02 attack classes 206, 210: it can register no %s, nor change to it', async (_title, metadata) => {
      const answers = await registrarOf(server()).bothWays({ redirect_uris: [REDIRECT], ...metadata });
      for (const answer of answers) expect([answer.status, answer.json().error]).toEqual(invalid);
    });

    it('attack class 206: by itself it gets a token for no API of the operator, and opens none of this server', async () => {
      const who = await registrarOf(server()).registered(BY_ITSELF);
      const client = asItself(server(), who);
      for (const scope of ['photos.read', 'uma_protection', 'authorizations', 'introspect'])
        expect((await client.clientCredentials({ scope })).json().error).toBe('invalid_scope');
      for (const resource of [PHOTOS, OTHERS])
        expect((await client.clientCredentials({ resource })).json().error).toBe('invalid_target');
    });

    it('CO-17 attack classes 206, 211: nor is it given anything about a person: there is none', async () => {
      const client = asItself(server(), await registrarOf(server()).registered(BY_ITSELF));
      for (const scope of [undefined, ...IDENTITY, 'openid profile'])
        for (const resource of [undefined, server().issuer, `${server().issuer}/userinfo`]) {
          const answer = await client.clientCredentials({ scope, resource });
          expect([scope, resource, answer.status, answer.json().error]).toEqual([
            scope,
            resource,
            400,
            'invalid_scope',
          ]);
        }
    });

    it('attack class 206: with what a person gives it, it opens no API but UserInfo', async () => {
      await givePassword(server(), 'alice');
      const who = await registrarOf(server()).registered();
      const request = { client_id: who.client_id, redirect_uri: REDIRECT, scope: 'openid' };
      const query = new URLSearchParams(authorizationRequest(request)).toString();
      const back = await allowed(new FormBrowser(server().issuer), `${server().issuer}/authorize?${query}`);
      const code = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '' };
      const headers = { authorization: basic(who.client_id, who.client_secret ?? '') };
      const form = { ...code, redirect_uri: REDIRECT, code_verifier: VERIFIER };
      const bearer = textMember(await server().http.form('/token', form, { headers }), 200, 'access_token');
      expect((await server().http.get('/userinfo', { bearer })).status).toBe(200);
      expect((await clientOf(server(), 'photo-service').introspect(bearer)).json()).toEqual({ active: false });
      const metadata = (await server().http.get('/.well-known/uma2-configuration')).json<Record<string, string>>();
      const pathOf = (name: string) => String(metadata[name]).slice(server().issuer.length);
      const answers = [
        await server().http.get(pathOf('resource_registration_endpoint'), { bearer }),
        await server().http.json(
          'POST',
          pathOf('resource_registration_endpoint'),
          { resource_scopes: ['view'] },
          { bearer },
        ),
        await server().http.json('POST', pathOf('permission_endpoint'), { resource_scopes: ['view'] }, { bearer }),
        await server().http.get('/me/authorizations', { bearer }),
        await server().http.get('/me/resources', { bearer }),
        await server().http.form('/introspect', { token: bearer }, { bearer }),
      ];
      for (const answer of answers) expect([answer.status, answer.json().error]).toEqual([403, 'insufficient_scope']);
    });
  },
);

describeServer(
  'what whoever comes may have, where the operator has named it',
  {
    config: {
      registration: {
        mode: 'open',
        ...MANY,
        scopes: ['openid', 'photos.read'],
        audiences: [PHOTOS],
        authorization_details_types: ['payment'],
      },
      authorization_details_types: TYPES,
    },
  },
  (server) => {
    it('DC-01 attack class 206: that, and nothing else', async () => {
      const { register, registered } = registrarOf(server());
      const who = await registered({ ...BY_ITSELF, authorization_details_types: ['payment'] });
      expect((await asItself(server(), who).clientCredentials({ scope: 'photos.read' })).status).toBe(200);
      for (const wrong of [{ scope: 'photos.write' }, { scope: 'profile' }, { audiences: [OTHERS] }])
        expect((await register({ redirect_uris: [REDIRECT], ...wrong })).status).toBe(400);
    });
  },
);

describeServer(
  'what clients may have that come with a token of the operator',
  { config: { registration: { mode: 'initial_access_token', ...MANY }, authorization_details_types: TYPES } },
  (server) => {
    it('DC-01 attack class 206: all that he offers others, and none of this server’s own APIs', async () => {
      const bearer = (await server().runCommand(['registration-token', '--uses', '9'])).stdout.trim();
      const { register } = registrarOf(server());
      const registered = (
        await register({ redirect_uris: [REDIRECT], authorization_details_types: ['payment'] }, bearer)
      ).json();
      expect(of(registered.scope)).toEqual(expect.arrayContaining(['openid', 'photos.read', 'view']));
      expect(registered.audiences).toEqual([PHOTOS, OTHERS]);
      for (const scope of ['uma_protection', 'introspect', 'authorizations']) {
        expect(of(registered.scope)).not.toContain(scope);
        expect((await register({ redirect_uris: [REDIRECT], scope }, bearer)).status).toBe(400);
      }
    });
  },
);
