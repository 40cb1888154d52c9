import { randomUUID } from 'node:crypto';

import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientAssertion, assertionForm, clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Answer } from '../support/http.js';
import { linkOf, recoveryMail } from '../support/outbox.js';
import { allowed, givePassword } from '../support/person.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CALLBACK, CAROL, DEVICE_CODE } from '../support/world.js';

type Values = Readonly<Record<string, string>>;

/** One live value of each kind that this server gives out or takes, and a few identifiers that it shows. */
const KINDS = [
  ...['PAT', 'owner token', 'opaque access token', 'JWT access token', 'RPT', 'refresh token', 'PCT', 'ticket'],
  ...['client secret', 'client assertion', 'ID token', 'resource id', 'policy id', 'grant id', 'request id', 'jti'],
  ...['authorization code', 'request_uri', 'device code', 'session', 'interaction', 'recovery link'],
  ...['registration access token', 'initial access token'],
] as const;
type Kind = (typeof KINDS)[number];

/** Which kinds a place takes; all others must be refused there, and stay as good as they were. */
const PLACES: Readonly<Record<string, readonly Kind[]>> = {
  'the protection API': ['PAT'],
  'the owner API': ['owner token'],
  'introspection as bearer': ['PAT'],
  'the refresh token grant': ['refresh token'],
  'the ticket grant': ['ticket'],
  'the secret of a client': ['client secret'],
  'the assertion of a client': ['client assertion'],
  'the code grant': ['authorization code'],
  'the device grant': ['device code'],
  'the authorization endpoint, as request_uri': ['request_uri'],
  'registration as bearer': ['initial access token'],
  'what manages a registration': ['registration access token'],
  'the page of an interaction': ['interaction'],
  'the page of a recovery': ['recovery link'],
};

const CODE = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code_verifier: VERIFIER };
const CONFIG = {
  registration: { mode: 'initial_access_token' },
  authorization: { pushed_request_lifetime: '10m', device_code_lifetime: '30m' },
};

describeServer(
  'values of one kind in the place of another (attack classes 45, 72, 86)',
  { connections: OWNERS_CONNECTIONS, config: CONFIG },
  (server) => {
    let values: Values;
    let registered: Registered;
    /** Begins to sign in. */
    let visitor: FormBrowser;
    const valueOf = (kind: Kind) => values[kind] ?? '';
    const redeem = (form: Readonly<Record<string, string>>) => clientOf(server(), 'print-shop').token(form);
    beforeAll(async () => {
      const { alice } = ownersOf(server());
      const { world, issuer } = server();
      const shop = clientOf(server(), 'print-shop');
      const album = await alice.album();
      const subject = { type: 'account', account_id: 'carol' };
      const policy = await alice.owner.share({ resource_id: album, subject, scopes: ['view'] });
      const ticket = () => alice.photos.ticket({ resource_id: album, resource_scopes: ['view'] });
      const granted = (await requestingParty(server(), CAROL, 'print-shop').present(await ticket())).json<Values>();
      const issued = async (client: 'print-shop' | 'signed-shop') =>
        (await clientOf(server(), client).clientCredentials({ scope: 'photos.read' })).json<Values>().access_token ??
        '';
      const opaque = await issued('print-shop');
      const seen = (await shop.introspect(opaque)).json<Values>();
      values = {
        PAT: server().connections[0]?.access_token ?? '',
        'owner token': alice.token,
        'opaque access token': opaque,
        'JWT access token': await issued('signed-shop'),
        RPT: granted.access_token ?? '',
        'refresh token': granted.refresh_token ?? '',
        PCT: granted.pct ?? '',
        ticket: await ticket(),
        'client secret': world.clients['print-shop'].secret ?? '',
        'client assertion': await clientAssertion(world.clients['signed-shop'], issuer, { jti: randomUUID() }),
        'ID token': await world.partner.idToken({ subject: CAROL, audience: issuer }),
        'resource id': album,
        'policy id': policy,
        'grant id': seen.grant_id ?? '',
        'request id': 'q_AAAAAAAAAAAAAAAAAAAAAA',
        jti: seen.jti ?? '',
        ...(await valuesOfPeople()),
        ...(await valuesOfRegistration()),
      };
      expect(Object.entries(values).filter(([, value]) => !value)).toEqual([]);
    });

    const authorize = (parameters: Readonly<Record<string, string>>) =>
      `${server().issuer}/authorize?${new URLSearchParams({ client_id: 'print-shop', ...parameters }).toString()}`;
    const valuesOfPeople = async (): Promise<Values> => {
      await givePassword(server(), 'bob');
      const bob = new FormBrowser(server().issuer);
      visitor = new FormBrowser(server().issuer);
      const shop = clientOf(server(), 'print-shop');
      const device = await shop.post('/device_authorization', { scope: 'photos.read' });
      const pushed = await shop.post('/par', authorizationRequest({ client_id: 'print-shop' }));
      const recovery = await visitor.open(`${server().issuer}/account/recovery`);
      await visitor.submit(recovery, { username: 'bob' });
      const interaction = await visitor.open(authorize(authorizationRequest({ client_id: 'print-shop' })));
      const back = await allowed(bob, authorize(authorizationRequest({ client_id: 'print-shop' })), 'bob');
      return {
        'device code': textMember(device, 200, 'device_code'),
        request_uri: textMember(pushed, 201, 'request_uri'),
        'recovery link':
          linkOf(await recoveryMail(server(), 0))
            .split('/')
            .at(-1) ?? '',
        interaction: new URL(interaction.url).pathname.split('/').at(-1) ?? '',
        session: bob.cookie('vk_session') ?? '',
        'authorization code': back.searchParams.get('code') ?? '',
      };
    };
    const valuesOfRegistration = async (): Promise<Values> => {
      const { stdout } = await server().runCommand(['registration-token', '--uses', '2']);
      registered = await registrarOf(server()).registered({}, stdout.trim());
      const { registration_access_token: token } = registered;
      return { 'initial access token': stdout.trim(), 'registration access token': token };
    };
    const register = (value: string) =>
      registrarOf(server()).register({ redirect_uris: [REDIRECT] }, encodeURIComponent(value));

    const ask: Readonly<Record<string, (value: string) => Promise<Pick<Answer, 'status' | 'text'>>>> = {
      'the protection API': (value) => bearer('/uma/resources/', value),
      'the owner API': (value) => bearer('/me/resources', value),
      'introspection as bearer': (value) =>
        server().http.form('/introspect', { token: 'x' }, { headers: { authorization: `Bearer ${value}` } }),
      'the refresh token grant': (value) => clientOf(server(), 'print-shop').refresh(value),
      'the ticket grant': (value) => clientOf(server(), 'print-shop').rpt(value),
      'the secret of a client': (value) =>
        server().http.form('/token', {
          grant_type: 'client_credentials',
          client_id: 'other-shop',
          client_secret: value,
        }),
      'the assertion of a client': (value) =>
        server().http.form('/token', { grant_type: 'client_credentials', ...assertionForm(value) }),
      'the code grant': (code) => redeem({ ...CODE, code }),
      'the device grant': (value) => redeem({ grant_type: DEVICE_CODE, device_code: value }),
      'the authorization endpoint, as request_uri': (value) =>
        server().http.get(authorize({ request_uri: value }).slice(server().issuer.length)),
      'registration as bearer': register,
      'what manages a registration': (value) => bearer(`/register/${registered.client_id}`, value),
      'the page of an interaction': (value) =>
        visitor.open(`${server().issuer}/interaction/${encodeURIComponent(value)}`),
      'the page of a recovery': (value) => server().http.get(`/account/recovery/${encodeURIComponent(value)}`),
    };
    const bearer = (path: string, value: string) =>
      server().http.get(path, { headers: { authorization: `Bearer ${encodeURIComponent(value)}` } });

    it.each(Object.keys(PLACES))('%s takes no other kind', async (place) => {
      const fits = PLACES[place] ?? [];
      for (const kind of KINDS.filter((one) => !fits.includes(one))) {
        const answer = await ask[place]?.(values[kind] ?? '');
        expect([place, kind, String(answer?.status)]).toEqual([
          place,
          kind,
          expect.stringMatching(/^4(?:0[0134]|1[04])$/),
        ]);
        expect(answer?.text).not.toMatch(/access_token|"items"|"active":true/);
      }
    });

    it('nobody revokes by it what is not a token of the client', async () => {
      const ofShop: readonly string[] = ['opaque access token', 'RPT', 'refresh token', 'PCT'];
      for (const kind of KINDS.filter((one) => !ofShop.includes(one))) {
        const answer = await clientOf(server(), 'print-shop').revoke(values[kind] ?? '');
        expect([kind, String(answer.status)]).toEqual([kind, expect.stringMatching(/^(?:200|40[01])$/)]);
      }
    });

    it('no kind but a session opens the account, in its cookie', async () => {
      for (const kind of KINDS) {
        const browser = new FormBrowser(server().issuer);
        browser.plant('vk_session', encodeURIComponent(values[kind] ?? ''));
        const { url } = await browser.open(`${server().issuer}/account`);
        expect([kind, url === `${server().issuer}/account`]).toEqual([kind, kind === 'session']);
      }
    });

    it('introspection by the resource server knows live tokens for it only', async () => {
      const photos = clientOf(server(), 'photo-service');
      const active = [];
      for (const kind of KINDS)
        if ((await photos.introspect(values[kind] ?? '')).json().active === true) active.push(kind);
      // The PAT is a token of its own client.
      expect(active).toEqual(['PAT', 'opaque access token', 'JWT access token']);
      const pat = ownersOf(server()).alice.photos;
      const shown = [];
      for (const kind of KINDS) if ((await pat.introspect(values[kind] ?? '')).json().active === true) shown.push(kind);
      expect(shown).toEqual(['RPT']);
    });

    it('no kind but an ID token counts as a claim, and no kind but a PCT as one of them', async () => {
      const { alice } = ownersOf(server());
      const shop = clientOf(server(), 'print-shop');
      const album = values['resource id'] ?? '';
      const ticket = () => alice.photos.ticket({ resource_id: album, resource_scopes: ['view'] });
      for (const kind of KINDS.filter((one) => one !== 'ID token'))
        expect([kind, outcome(await shop.rpt(await ticket(), pushed(values[kind] ?? '')))]).toEqual([
          kind,
          '403 need_info',
        ]);
      for (const kind of KINDS.filter((one) => one !== 'PCT'))
        expect([kind, outcome(await shop.rpt(await ticket(), { pct: values[kind] ?? '' }))]).toEqual([
          kind,
          '403 need_info',
        ]);
    });

    it('after all that every value is still good in its own place', async () => {
      const { alice } = ownersOf(server());
      const shop = clientOf(server(), 'print-shop');
      expect((await alice.photos.introspect(values.RPT ?? '')).json().active).toBe(true);
      expect((await bearer('/uma/resources/', values.PAT ?? '')).status).toBe(200);
      expect((await bearer('/me/resources', values['owner token'] ?? '')).status).toBe(200);
      expect(outcome(await shop.rpt(values.ticket ?? '', { pct: values.PCT ?? '' }))).toBe('200');
      expect(outcome(await shop.refresh(values['refresh token'] ?? ''))).toBe('200');
      const assertion = assertionForm(values['client assertion'] ?? '');
      const form = { grant_type: 'client_credentials', scope: 'photos.read', ...assertion };
      expect((await server().http.form('/token', form)).status).toBe(200);
    });

    it('so are those of people and of registration; a code may have ended meanwhile', async () => {
      const poll = await redeem({ grant_type: DEVICE_CODE, device_code: valueOf('device code') });
      expect([poll.status, poll.json().error]).toEqual([400, 'authorization_pending']);
      expect((await visitor.open(`${server().issuer}/interaction/${valueOf('interaction')}`)).status).toBe(200);
      expect((await server().http.get(`/account/recovery/${valueOf('recovery link')}`)).status).toBe(200);
      const bob = new FormBrowser(server().issuer);
      bob.plant('vk_session', valueOf('session'));
      const back = await allowed(bob, authorize({ request_uri: valueOf('request_uri') }));
      expect((await redeem({ ...CODE, code: back.searchParams.get('code') ?? '' })).status).toBe(200);
      expect((await registrarOf(server()).manage('GET', registered)).status).toBe(200);
      expect((await register(valueOf('initial access token'))).status).toBe(201);
    });
  },
);
