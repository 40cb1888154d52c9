import { randomUUID } from 'node:crypto';

import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { clientAssertion, assertionForm, clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';

type Values = Readonly<Record<string, string>>;

/** One live value of each kind that this server gives out or takes, and a few identifiers that it shows. */
const KINDS = [
  ...['PAT', 'owner token', 'opaque access token', 'JWT access token', 'RPT', 'refresh token', 'PCT', 'ticket'],
  ...['client secret', 'client assertion', 'ID token', 'resource id', 'policy id', 'grant id', 'request id', 'jti'],
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
};

describeServer(
  'values of one kind in the place of another (attack classes 45, 72, 86)',
  { connections: OWNERS_CONNECTIONS },
  (server) => {
    let values: Values;
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
      };
      expect(Object.entries(values).filter(([, value]) => !value)).toEqual([]);
    });

    const ask: Readonly<Record<string, (value: string) => Promise<Answer>>> = {
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
    };
    const bearer = (path: string, value: string) =>
      server().http.get(path, { headers: { authorization: `Bearer ${encodeURIComponent(value)}` } });

    it.each(Object.keys(PLACES))('%s takes no other kind', async (place) => {
      const fits = PLACES[place] ?? [];
      for (const kind of KINDS.filter((one) => !fits.includes(one))) {
        const answer = await ask[place]?.(values[kind] ?? '');
        expect([place, kind, String(answer?.status)]).toEqual([place, kind, expect.stringMatching(/^40[013]$/)]);
        expect(answer?.text).not.toMatch(/access_token|"items"|"active":true/);
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
  },
);
