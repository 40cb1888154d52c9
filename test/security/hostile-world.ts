import { signedIn } from '../account/people.js';
import { accessOf, inDays } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { registered } from '../operator-api/clients.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { sessionApi, type SessionApi } from '../support/console.js';
import type { FormBrowser } from '../support/form-browser.js';
import { clientOf, pushed } from '../support/client.js';
import { WHICHEVER } from '../support/http.js';
import { REDIRECT, registrarOf } from '../support/registrar.js';
import type { Server, ServerOptions } from '../support/server.js';
import { DAVE, type Settings } from '../support/world.js';
import { arrive, claimsUrl, GATHERING } from '../uma-grant/claims-gathering.js';
import { reconfigure } from '../uma-grant/photo-sharing.js';

/** Leaves an attribute and an element, runs, and is computed by what fills templates; 39 characters, no space. */
export const PAYLOAD = `'"><img/src="x"/onerror="xss=1">{{7*7}}`;
/** Turns what stands behind it: taken out, kept inside of its element, or refused. */
const OVERRIDE = '\u202e';
export const SCRIPT_URL = 'javascript:xss=1';
const ODD_SCOPE = '<svg/onload=xss=1>';

/** What begins each value that somebody plants, so that it is known where it is shown; two letters, for labels have 40 characters. */
export const FIELDS = {
  username: 'Qa',
  person: 'Qb',
  application: 'Qc',
  publisher: 'Qd',
  service: 'Qe',
  partner: 'Qf',
  verb: 'Qg',
  object: 'Qh',
  consequence: 'Qi',
  resource: 'Qj',
  description: 'Qk',
  type: 'Ql',
  label: 'Q',
  note: 'Qm',
  handoverNote: 'Qn',
  reason: 'Qo',
  asking: 'Qp',
  browser: 'Qq',
  device: 'Qv',
  selfRegistered: 'Qr',
  operatorsClient: 'Qs',
  draft: 'Qt',
  email: 'Qu',
} as const;
export type Field = keyof typeof FIELDS;

/** As long as a label may be at most where the field is one. */
export const hostile = (field: Field) => FIELDS[field] + PAYLOAD;
const turned = (field: Field) => `${hostile(field)}${OVERRIDE}tfel`;

export const USERNAME = hostile('username');

const listOf = (settings: Settings, name: string) => settings[name] as Settings[];

export const HOSTILE: Omit<ServerOptions, 'engine'> = {
  ...GATHERING,
  connections: OWNERS_CONNECTIONS,
  // Passkeys belong to a name.
  issuerHost: 'localhost',
  config: {
    ...GATHERING.config,
    ...BY_ALICE,
    registration: { mode: 'open', changes_per_client: 100 },
    sharing: { directory: 'names', no_end: true },
  },
};

/** Gives everything that the operator's file names a hostile name, and starts the server again. */
export async function plantInFile(server: Server): Promise<void> {
  await reconfigure(server, (settings) => {
    for (const account of listOf(settings, 'accounts'))
      Object.assign(account, {
        name: hostile('person'),
        email: `${hostile('email')}@${String(account['id'])}.example`,
      });
    Object.assign(listOf(settings, 'accounts')[0] ?? {}, { username: USERNAME });
    for (const client of listOf(settings, 'clients'))
      Object.assign(client, { name: hostile('application'), publisher: hostile('publisher') });
    for (const service of listOf(settings, 'resource_servers')) service['name'] = hostile('service');
    for (const partner of listOf(settings, 'trusted_issuers')) partner['name'] = hostile('partner');
    for (const scope of listOf(settings, 'scopes'))
      for (const language of ['', '#de'])
        Object.assign(scope, {
          [`verb${language}`]: hostile('verb'),
          [`object${language}`]: hostile('object'),
          [`consequence${language}`]: hostile('consequence'),
        });
  });
}

/** What has an address of its own. */
export interface Planted {
  readonly album: string;
  readonly share: string;
  /** Clients of the file, of an operator, of itself. */
  readonly clients: readonly string[];
  readonly scope: string;
}

/** Everything that an owner, a service, an application, a partner and an operator can write, by the ways they have. */
export async function plant(server: Server): Promise<Planted> {
  const { browser } = await signedIn(server, USERNAME);
  const mine = await sessionApi(server, browser);
  const album = await plantResource(server, mine);
  const share = await plantShares(server, album);
  await plantRequests(server, browser);
  const operator = await operatorApi(server, USERNAME);
  const made = await registered(operator, {
    client_name: hostile('operatorsClient'),
    publisher: hostile('publisher'),
    claims_redirect_uris: [],
  });
  const { client_id: own } = await registrarOf(server).registered({
    client_name: hostile('selfRegistered'),
    scope: 'openid',
  });
  const scope = await plantWords(operator);
  return { album, share, clients: ['print-shop', made.client_id, own], scope };
}

async function plantResource(server: Server, mine: SessionApi): Promise<string> {
  const album = await ownersOf(server).alice.photos.register({
    name: turned('resource'),
    'name#de': hostile('resource'),
    description: turned('description'),
    type: turned('type'),
    icon_uri: `https://icons.example/${encodeURIComponent(PAYLOAD)}`,
    resource_scopes: ['view', 'print', ODD_SCOPE],
  });
  await mine.change('PUT', `resources/${album}/labels`, { labels: [hostile('label')] });
  return album;
}

/** Shares that hold, one that is over, a cover, and what bob gives her. */
async function plantShares(server: Server, album: string): Promise<string> {
  const { alice, bob } = ownersOf(server);
  const hers = accessOf(server, alice);
  const note = turned('note');
  const draft = { resource_ids: [album], scopes: ['view', 'print'], note };
  const { id } = await hers.shareOne({ ...draft, subject: 'account:carol', until: null });
  await hers.shareOne({ ...draft, subject: 'client:print-shop', until: null });
  await hers.end((await hers.shareOne({ ...draft, subject: 'account:bob' })).id);
  const handover = { subject: 'account:bob', resource_ids: [album], allow: 'act', until: inDays(3) };
  const covered = await hers.post('handovers', { ...handover, note: turned('handoverNote') });
  if (covered.status !== 201) throw new Error(covered.text);
  const his = await bob.album(turned('resource'));
  await accessOf(server, bob).shareOne({ ...draft, resource_ids: [his], subject: 'account:alice' });
  return id;
}

/** One that waits and one that she denied, of somebody at a partner; and one of hers, of which bob has not heard yet. */
async function plantRequests(server: Server, browser: FormBrowser): Promise<void> {
  const { alice, bob } = ownersOf(server);
  const { partner } = server.world;
  for (const isDenied of [true, false]) {
    const album = await alice.album(turned('resource'));
    const ticket = await alice.photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const claims = { name: turned('asking'), email: `${hostile('asking')}@dave.example`, email_verified: true };
    const idToken = await partner.idToken({ subject: DAVE, audience: server.issuer, claims });
    await clientOf(server, 'print-shop').rpt(ticket, pushed(idToken));
    const { items } = (await alice.owner.get('requests?state=pending')).json<{ items: { id: string }[] }>();
    if (items.length !== 1) throw new Error(`${items.length} requests wait`);
    if (isDenied)
      await accessOf(server, alice).post(`requests/${items[0]?.id ?? ''}/deny`, { reason: turned('reason') });
  }
  const his = await bob.album(turned('resource'));
  const { shown } = await arrive(server, await claimsPage(server, his), USERNAME, browser);
  await browser.submit(shown, { decision: 'send' });
}

/** Where the gallery sends somebody who wants an album. @param album - of bob */
export async function claimsPage(server: Server, album: string): Promise<string> {
  const gallery = clientOf(server, { clientId: 'gallery', method: 'client_secret_post', secret: 'g'.repeat(43) });
  const first = await ownersOf(server).bob.photos.ticket({ resource_id: album, resource_scopes: ['view'] });
  const { ticket } = (await gallery.rpt(first)).json<{ ticket: string }>();
  return claimsUrl(server, { ticket, state: PAYLOAD });
}

/** Words that nobody has published. @returns the id of their scope */
async function plantWords(operator: SessionApi): Promise<string> {
  const { id, version } = await oddScope(operator);
  const words = { verb: hostile('draft'), object: hostile('draft'), consequence: hostile('draft') };
  const body = { words: { level: 'act', texts: { en: words, de: words } }, publish: false };
  const saved = await operator.change('PUT', `wording/${id}`, body, { 'if-match': `"${version}"` });
  if (saved.status !== 200) throw new Error(saved.text);
  return id;
}

async function oddScope(operator: SessionApi) {
  const found = await operator.get(`wording?search=${encodeURIComponent(ODD_SCOPE)}`);
  const [row] = found.json<{ items: { id: string; version: string }[] }>().items;
  if (!row) throw new Error(`no row of ${ODD_SCOPE}: ${found.text}`);
  return row;
}

/** What is no text at all, or an address that runs, by each way in: the status of the answer. */
export async function plantWorse(server: Server): Promise<readonly (readonly [string, number])[]> {
  const { alice } = ownersOf(server);
  const operator = await operatorApi(server, USERNAME);
  const { register } = registrarOf(server);
  const album = await alice.album();
  const hers = accessOf(server, alice);
  const zero = `Q\0${PAYLOAD}`;
  const client = { redirect_uris: [REDIRECT] };
  const resource = { name: 'Album', resource_scopes: ['view'] };
  const draft = { resource_ids: [album], subject: 'account:carol', until: inDays(1), scopes: ['view'] };
  const settings = (changes: object) =>
    registered(operator, changes).then(
      () => 201,
      () => 400,
    );
  const tried: [string, Promise<{ status: number }>][] = [
    ...['icon_uri'].map((name) => entry(name, alice.photos.create({ ...resource, [name]: SCRIPT_URL }))),
    ...['name', 'description', 'type'].map((name) => entry(name, alice.photos.create({ ...resource, [name]: zero }))),
    ...['client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'initiate_login_uri', 'jwks_uri'].map((name) =>
      entry(name, register({ ...client, [name]: SCRIPT_URL })),
    ),
    ...['redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris'].map((name) =>
      entry(name, register({ ...client, [name]: [SCRIPT_URL] })),
    ),
    entry('client_name', register({ ...client, client_name: zero })),
    entry('client_name that turns', register({ ...client, client_name: turned('application') })),
    entry('note', hers.share({ ...draft, note: zero })),
    entry(
      'labels',
      server.http.json('PUT', `/me/resources/${album}/labels`, { labels: [zero] }, { bearer: alice.token }),
    ),
  ];
  const answers = await Promise.all(tried.map(async ([name, answer]) => [name, (await answer).status] as const));
  const ofOperator = [];
  for (const changes of [
    { client_name: zero },
    { publisher: zero },
    { client_name: turned('application') },
    { logo_uri: SCRIPT_URL },
    { tos_uri: SCRIPT_URL },
    { policy_uri: SCRIPT_URL },
    { redirect_uris: [SCRIPT_URL] },
  ])
    ofOperator.push([`operator ${Object.keys(changes).join()}`, await settings(changes)] as const);
  const { id } = await oddScope(operator);
  const words = { words: { texts: { en: { verb: turned('verb') } } }, publish: false };
  const worded = await operator.change('PUT', `wording/${id}`, words, WHICHEVER);
  return [...answers, ...ofOperator, ['words that turn', worded.status]];
}

const entry = (name: string, answer: Promise<{ status: number }>): [string, Promise<{ status: number }>] => [
  name,
  answer,
];
