import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, PHOTOS, type Settings } from '../support/world.js';
import {
  type Album,
  aliceOf,
  ALICES_CONNECTIONS,
  CAROLS_ACCOUNT,
  entryOf,
  outcome,
} from '../uma-grant/photo-sharing.js';

const OPTIONS = { connections: ALICES_CONNECTIONS, config: { uma: { poll_interval: '1s' } } };

/** Everything that carol and the print shop can hold on one ground. */
interface Holdings {
  readonly album: Album;
  readonly rpt: string;
  readonly refreshToken: string;
  readonly pct: string;
  /** Tickets that nobody has presented yet. */
  readonly tickets: readonly string[];
  /** Of a request that the owner has approved in the meantime. */
  readonly approved: string;
  /** Of the print shop itself. */
  readonly ownToken: string;
}

type Outcomes = Readonly<Record<'rpt' | 'refresh' | 'claims' | 'pct' | 'approved' | 'ownToken', string>>;

const ALIVE: Outcomes = {
  rpt: 'active',
  refresh: '200',
  claims: '200',
  pct: '200',
  approved: '200',
  ownToken: 'active',
};
const NOBODY = '401 invalid_client';
const DEAD = '400 invalid_grant';
const DENIED = '403 request_denied';

/** What is taken away between the giving and the use, and what everything is worth then. */
const STATES: readonly (readonly [string, (settings: Settings, issuer: string) => void, Partial<Outcomes>])[] = [
  [
    'the client is disabled',
    (settings) => Object.assign(entryOf(settings, 'clients', 'client_id', 'print-shop'), { enabled: false }),
    { rpt: 'inactive', refresh: NOBODY, claims: NOBODY, pct: NOBODY, approved: NOBODY, ownToken: 'inactive' },
  ],
  [
    'the client has lost its grants',
    (settings) =>
      Object.assign(entryOf(settings, 'clients', 'client_id', 'print-shop'), { grant_types: ['client_credentials'] }),
    {
      refresh: '400 unauthorized_client',
      claims: '400 unauthorized_client',
      pct: '400 unauthorized_client',
      approved: '400 unauthorized_client',
    },
  ],
  [
    'the client of the resource server is disabled',
    (settings) => Object.assign(entryOf(settings, 'clients', 'client_id', 'photo-service'), { enabled: false }),
    { rpt: '401', refresh: DEAD, claims: DENIED, pct: DENIED, approved: DENIED, ownToken: '401' },
  ],
  [
    'the account of the owner is disabled',
    (settings) => Object.assign(entryOf(settings, 'accounts', 'id', 'alice'), { enabled: false }),
    { rpt: '401', refresh: DEAD, claims: DENIED, pct: DENIED, approved: DENIED },
  ],
  [
    'the account of the requesting party is disabled',
    (settings) => Object.assign(entryOf(settings, 'accounts', 'id', 'carol'), { enabled: false }),
    { rpt: 'inactive', refresh: DEAD, claims: '403 need_info', pct: '403 need_info', approved: '403 need_info' },
  ],
  [
    'her identity is no longer that of the account',
    (settings) => Object.assign(entryOf(settings, 'accounts', 'id', 'carol'), { identities: [] }),
    { refresh: DEAD, claims: '403 request_submitted', pct: '403 request_submitted', approved: '403 request_submitted' },
  ],
  [
    'her identity is that of another account',
    (settings, issuer) => {
      Object.assign(entryOf(settings, 'accounts', 'id', 'carol'), { identities: [] });
      Object.assign(entryOf(settings, 'accounts', 'id', 'bob'), { identities: [{ issuer, subject: CAROL }] });
    },
    { refresh: DEAD, claims: '403 request_submitted', pct: '403 request_submitted', approved: '403 request_submitted' },
  ],
  [
    'her issuer is trusted no more',
    (settings, issuer) => Object.assign(entryOf(settings, 'trusted_issuers', 'issuer', issuer), { enabled: false }),
    { rpt: 'inactive', refresh: DEAD, claims: DENIED, pct: DENIED, approved: DENIED },
  ],
];

describeServer('attack classes 50, 51, 283, 284: what was given, when its ground is gone', OPTIONS, (server) => {
  const shop = () => clientOf(server(), 'print-shop');
  const idToken = () => server().world.partner.idToken({ subject: CAROL, audience: server().issuer });
  const held: Holdings[] = [];
  let original = '';

  const hold = async (): Promise<Holdings> => {
    const alice = aliceOf(server());
    const carol = requestingParty(server(), CAROL, 'print-shop');
    const [album, closed] = [await alice.album(), await alice.album()];
    await album.share(CAROLS_ACCOUNT, ['view']);
    const granted = await carol.present(await album.ticket('view'));
    const [rpt = '', refreshToken = '', pct = ''] = ['access_token', 'refresh_token', 'pct'].map((member) =>
      textMember(granted, 200, member),
    );
    const approved = textMember(await carol.present(await closed.ticket('view')), 403, 'ticket');
    expect((await alice.owner.approve((await alice.pendingRequest(closed)).id)).status).toBeLessThan(300);
    const ownToken = textMember(await shop().clientCredentials({ resource: PHOTOS }), 200, 'access_token');
    const tickets = [await album.ticket('view'), await album.ticket('view')];
    return { album, rpt, refreshToken, pct, tickets, approved, ownToken };
  };

  const seen = (answer: { status: number; json<T>(): T }) =>
    answer.status === 200 ? (answer.json<{ active: boolean }>().active ? 'active' : 'inactive') : String(answer.status);
  const worth = async ({ rpt, refreshToken, pct, tickets, approved, ownToken }: Holdings): Promise<Outcomes> => ({
    rpt: seen(await aliceOf(server()).photos.introspect(rpt)),
    claims: outcome(await shop().rpt(tickets[0] ?? '', pushed(await idToken()))),
    pct: outcome(await shop().rpt(tickets[1] ?? '', { pct })),
    approved: outcome(await shop().rpt(approved)),
    refresh: outcome(await shop().refresh(refreshToken)),
    ownToken: seen(await clientOf(server(), 'photo-service').introspect(ownToken)),
  });

  const file = () => join(server().directory, 'valetkey.yaml');
  const startWith = async (change: (settings: Settings, issuer: string) => void) => {
    const settings = JSON.parse(original) as Settings;
    change(settings, server().world.partner.issuer);
    await writeFile(file(), JSON.stringify(settings));
    await server().restart();
  };

  beforeAll(async () => {
    original = await readFile(file(), 'utf8');
    for (let set = 0; set <= STATES.length; set += 1) held.push(await hold());
    // The polls come in time.
    await wait(1_100);
  });

  it.each(STATES.map(([what, change, expected], index) => ({ what, change, expected, index })))(
    'when $what',
    async ({ change, expected, index }) => {
      await startWith(change);
      expect(await worth(held[index] as Holdings)).toEqual({ ...ALIVE, ...expected });
    },
  );

  describe('and when nothing is gone, or all is back', () => {
    beforeAll(() => startWith(() => undefined));

    it('everything is worth what it was', async () => {
      expect(await worth(held[STATES.length] as Holdings)).toEqual(ALIVE);
    });

    it.each(STATES.map(([what, , refused], index) => ({ what, refused, index })))(
      'what was tried in vain when $what is worth what it was',
      async ({ refused, index }) => {
        const { album, rpt, refreshToken, pct, tickets } = held[index] as Holdings;
        expect(seen(await aliceOf(server()).photos.introspect(rpt))).toBe('active');
        expect(outcome(await shop().refresh(refreshToken))).toBe('200');
        expect(outcome(await shop().rpt(await album.ticket('view'), { pct }))).toBe('200');
        // A presentation without a client has not used the ticket up.
        if (refused.claims === NOBODY)
          expect(outcome(await shop().rpt(tickets[0] ?? '', pushed(await idToken())))).toBe('200');
      },
    );
  });
});
