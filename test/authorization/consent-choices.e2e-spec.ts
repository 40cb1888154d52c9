import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { changeStored } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { OTHERS, PHOTOS } from '../support/world.js';

const DAY = 86_400_000;
const SECRET = 'planner-secret-planner-secret-planner-00';
const CALLBACK = 'https://planner.example/callback';
const NAMES = [
  'days',
  'longer',
  'once',
  'endless',
  'over',
  'older',
  'single',
  'both',
  'silent',
  'odd',
  'who',
  'rests',
  'named',
  'grouped',
  'unsaid',
];
const SET_UP = {
  clients: NAMES.map((client_id) => ({
    client_id,
    name: `The ${client_id} planner`,
    type: 'confidential',
    secret: { env: 'PLANNER_SECRET' },
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [CALLBACK],
    scopes: ['openid', 'email', 'offline_access', 'photos.read', 'photos.write', 'others.read'],
    audiences: [PHOTOS, OTHERS],
    ...(client_id === 'silent' && { optional_scopes: ['others.read'] }),
  })),
  config: { authorization: { consent_days: [30, 7], consent_without_end: true } },
  env: { PLANNER_SECRET: SECRET },
  connections: [{ account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' }],
};

type Form = Readonly<Record<string, string>>;

/** The radio buttons of a name, in their order, the one that is chosen with a star. */
const radios = ({ text }: Shown, name: string) =>
  [...text.matchAll(/<input\b[^>]*type="radio"[^>]*>/g)]
    .map(([input]) => input)
    .filter((input) => input.includes(`name="${name}"`))
    .map((input) => `${/value="([^"]*)"/.exec(input)?.[1] ?? ''}${/\bchecked\b/.test(input) ? '*' : ''}`);

describeServer('consent (A3): for which resources, and for how long', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  const start = (
    browser: FormBrowser,
    clientId: string,
    changes: Form | readonly (readonly [string, string])[] = {},
  ) => {
    const usual = authorizationRequest({ client_id: clientId, scope: 'openid photos.read', redirect_uri: CALLBACK });
    const more = Array.isArray(changes) ? (changes as [string, string][]) : Object.entries(changes as Form);
    const form = new URLSearchParams(usual);
    for (const [name] of more) form.delete(name);
    for (const [name, value] of more) form.append(name, value);
    return browser.open(`${server().issuer}/authorize?${form.toString()}`);
  };
  const asked = async (clientId: string, changes: Parameters<typeof start>[2] = {}) => {
    const browser = new FormBrowser(server().issuer);
    const page = await browser.submit(await start(browser, clientId, changes), {
      username: 'alice',
      password: PASSWORD,
    });
    return { browser, page };
  };
  const codeIn = ({ left }: Shown) => left?.searchParams.get('code') ?? undefined;
  const errorIn = ({ left }: Shown) => left?.searchParams.get('error');
  const redeem = async (clientId: string, shown: Shown, more: Form = {}) => {
    const form = { grant_type: 'authorization_code', code: codeIn(shown) ?? '', redirect_uri: CALLBACK };
    const headers = { authorization: basic(clientId, SECRET) };
    return server().http.form('/token', { ...form, code_verifier: VERIFIER, ...more }, { headers });
  };
  /** What alice sees of her authorizations of a client, newest first. */
  const authorizationsOf = async (clientId: string) => {
    const [connection] = server().connections;
    const answer = await server().http.get('/me/authorizations?limit=100', { bearer: connection?.access_token ?? '' });
    const { items } = answer.json<{ items: { client: { client_id: string }; expires_at?: string }[] }>();
    return items.filter(({ client }) => client.client_id === clientId);
  };
  const daysLeft = async (clientId: string) =>
    (await authorizationsOf(clientId)).map(({ expires_at: at }) =>
      at === undefined ? undefined : (Date.parse(at) - Date.now()) / DAY,
    );
  const meanwhile = (...statements: string[]) => changeStored(server(), ...statements);

  it('asks for how long: short before long, the usual one chosen, without end never; what she chooses is the end', async () => {
    const { browser, page } = await asked('days');
    expect(radios(page, 'duration')).toEqual(['once', '7', '30*', 'until_ended']);
    expect(page.text).toContain('Only this time');
    expect(page.text).not.toContain('<script');
    const shown = await browser.submit(page, { decision: 'allow', duration: '7' });
    expect((await redeem('days', shown)).status).toBe(200);
    expect(await daysLeft('days')).toEqual([expect.closeTo(7, 1)]);
    expect(codeIn(await start(browser, 'days'))).toMatch(/^vk_ac_/);
  });

  it('as it was preselected it is for that long; a newer answer holds for all of it', async () => {
    const { browser, page } = await asked('longer');
    await browser.submit(page, { decision: 'allow' });
    expect(await daysLeft('longer')).toEqual([expect.closeTo(30, 1)]);
    const more = await start(browser, 'longer', { scope: 'openid photos.read photos.write' });
    await browser.submit(more, { decision: 'allow', duration: '7' });
    expect(await daysLeft('longer')).toEqual([expect.closeTo(7, 1)]);
    const again = await start(browser, 'longer', { prompt: 'consent' });
    await browser.submit(again, { decision: 'allow', duration: 'until_ended' });
    expect(await daysLeft('longer')).toStrictEqual([undefined]);
  });

  it('ux principle 1: before she chooses an end she reads what else gets it: what she allowed before, and when that ends', async () => {
    const { browser, page } = await asked('older', { scope: 'openid photos.read', resource: PHOTOS });
    expect(page.text).not.toContain('holds for that, too');
    const inDays = (count: number) => {
      const there = { timeZone: 'Europe/Vienna', day: 'numeric', month: 'short', year: 'numeric' } as const;
      return new Date(Date.now() + count * DAY).toLocaleDateString('en-GB', there);
    };
    const wordsOf = ({ text }: Shown) => text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
    // Days are those of her zone; midnight may pass while it is shown.
    const in7Days = `\\w+ (${inDays(7)}|${inDays(6.99)})`;
    expect(wordsOf(page)).toMatch(new RegExp(`7 days ?Ends on ${in7Days}`));
    await browser.submit(page, { decision: 'allow', duration: '7' });
    const more = await start(browser, 'older', { scope: 'openid photos.write' });
    expect(wordsOf(more)).toMatch(new RegExp(`before ends on ${in7Days}`));
    expect(wordsOf(more)).toMatch(
      /too: all of it then has this one end. “Only this time” leaves it as it is. For how long\?/,
    );
    // Nobody asks for it now, and it gets the new end.
    expect(more.text).toContain('You allowed this before');
    expect(more.text).toContain('Act for you at Photo service');
    expect(more.text.match(/Do something that is not described yet/g)).toHaveLength(2);
    await meanwhile(`UPDATE authorization_record SET expires_at = expires_at + ${DAY} WHERE client_id = 'older'`);
    const moved = await browser.submit(more, { decision: 'allow', duration: '30' });
    expect(codeIn(moved)).toBeUndefined();
    expect(moved.text).toContain('This question changed in the meantime');
    await browser.submit(moved, { decision: 'allow', duration: 'until_ended' });
    const again = await start(browser, 'older', { scope: 'openid others.read', resource: OTHERS });
    expect(wordsOf(again)).toContain('What you allowed this application before has no end.');
    const apart = await start(browser, 'older', { scope: 'openid others.read', grant_management_action: 'create' });
    expect(apart.text).not.toContain('holds for that, too');
  });

  it('only this time is for this time: tokens end within the hour, and she is asked again', async () => {
    const { browser, page } = await asked('once', { scope: 'openid offline_access photos.read' });
    const shown = await browser.submit(page, { decision: 'allow', duration: 'once' });
    const answer = await redeem('once', shown);
    expect(answer.json()).toMatchObject({ scope: 'openid offline_access photos.read' });
    expect(await daysLeft('once')).toEqual([expect.closeTo(1 / 24, 3)]);
    expect(errorIn(await start(browser, 'once', { prompt: 'none' }))).toBe('consent_required');
    const again = await start(browser, 'once');
    expect(radios(again, 'duration')).toContain('30*');
    await browser.submit(again, { decision: 'allow' });
    expect((await daysLeft('once')).length).toBe(2);
    await meanwhile(`UPDATE authorization_record SET expires_at = 1 WHERE client_id = 'once'`);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(answer.json()['refresh_token']) };
    expect((await redeem('once', shown, refresh)).json()['error']).toBe('invalid_grant');
  });

  it('what came to its end is asked for again, all of it, and what was given before does not come back with it', async () => {
    const { browser, page } = await asked('over', { scope: 'openid photos.read photos.write' });
    await browser.submit(page, { decision: 'allow' });
    await meanwhile(`UPDATE authorization_record SET expires_at = 1 WHERE client_id = 'over'`);
    expect(errorIn(await start(browser, 'over', { prompt: 'none' }))).toBe('consent_required');
    const again = await start(browser, 'over');
    expect(again.text).not.toContain('You allowed this before');
    await browser.submit(again, { decision: 'allow' });
    const wider = { scope: 'openid photos.read photos.write', prompt: 'none' };
    expect(errorIn(await start(browser, 'over', wider))).toBe('consent_required');
    expect(codeIn(await start(browser, 'over'))).toMatch(/^vk_ac_/);
  });

  const BOTH = [
    ['scope', 'openid photos.read others.read'],
    ['resource', PHOTOS],
    ['resource', OTHERS],
  ] as const;

  it('RI-02 of several resources she may give one: its scopes alone, and tokens for it alone', async () => {
    const { browser, page } = await asked('single', BOTH);
    expect(radios(page, 'resources')).toEqual([PHOTOS, OTHERS, 'all']);
    // G16: what she reads are names; identifiers are among the technical details.
    for (const name of ['Photo service', 'Other service']) expect(page.text).toContain(`Act for you at ${name}`);
    expect(page.text).not.toContain('Act for you at https://');
    // A permission stands with the resource that it goes with: it is not needed where she leaves that out.
    expect(page.text).not.toContain('It cannot work without');
    const [, ofPhotos = '', ofOthers = '', ofAll = ''] = page.text.split(/type="radio"\s+name="resources"/);
    const undescribed = 'Do something that is not described yet';
    expect([ofPhotos, ofOthers, ofAll].map((one) => one.includes(undescribed))).toEqual([true, true, false]);
    const shown = await browser.submit(page, { decision: 'allow', resources: OTHERS });
    const wrong = await redeem('single', shown, { resource: PHOTOS });
    expect(wrong.json()['error']).toBe('invalid_target');
    expect((await redeem('single', shown)).json()['scope']).toBe('openid others.read');
    // Nor does it open by its scope.
    expect(errorIn(await start(browser, 'single', { prompt: 'none' }))).toBe('consent_required');
    expect(errorIn(await start(browser, 'single', [...BOTH, ['prompt', 'none']]))).toBe('consent_required');
    const other = await start(browser, 'single', BOTH);
    expect(radios(other, 'resources')).toEqual([]);
    expect(other.text).toContain('Act for you at Photo service');
  });

  it('attack class 25: several resources and none chosen is asked again, and what she chose besides stays', async () => {
    const { browser, page } = await asked('silent', BOTH);
    expect(page.text).toContain('Only if you choose <bdi>Other service</bdi> below, too.');
    const again = await browser.submit(page, { decision: 'allow', duration: '7', 'permission.others.read': 'allow' });
    expect([again.status, codeIn(again)]).toEqual([400, undefined]);
    expect(again.text).toContain('Please check this');
    expect(again.text).toContain('href="#resources"');
    expect(again.text.match(/Choose what this is for\./g)).toHaveLength(2);
    expect(radios(again, 'resources')).toEqual([PHOTOS, OTHERS, 'all']);
    expect(radios(again, 'duration')).toEqual(['once', '7*', '30', 'until_ended']);
    expect(again.text).toMatch(/name="permission\.others\.read"\s+value="allow"\s+checked/);
    expect(await authorizationsOf('silent')).toHaveLength(0);
    expect(errorIn(await browser.submit(again, { decision: 'deny' }))).toBe('access_denied');
    const anew = await start(browser, 'silent', BOTH);
    const shown = await browser.submit(anew, { decision: 'allow', resources: PHOTOS });
    expect((await redeem('silent', shown)).json()['scope']).toBe('openid photos.read');
  });

  it('attack class 25: a form without a duration gives nothing: she is asked again, and what she chose besides stays', async () => {
    const { browser, page } = await asked('unsaid', BOTH);
    const again = await browser.submit(page, { decision: 'allow', duration: null, resources: PHOTOS });
    expect([again.status, codeIn(again)]).toEqual([400, undefined]);
    expect(again.text).toContain('Please check this');
    expect(again.text).toContain('href="#duration"');
    expect(again.text.match(/Choose for how long this holds\./g)).toHaveLength(2);
    expect(again.text).not.toContain('Choose what this is for.');
    expect(radios(again, 'resources')).toEqual([`${PHOTOS}*`, OTHERS, 'all']);
    expect(radios(again, 'duration')).toContain('30*');
    const both = await browser.submit(page, { decision: 'allow', duration: null });
    expect(both.text).toContain('Choose what this is for.');
    expect(both.text).toContain('Choose for how long this holds.');
    expect(await authorizationsOf('unsaid')).toHaveLength(0);
    const shown = await browser.submit(again, { decision: 'allow' });
    expect((await redeem('unsaid', shown)).json()['scope']).toBe('openid photos.read');
    expect(await daysLeft('unsaid')).toEqual([expect.closeTo(30, 1)]);
  });

  it('all of them are given to who says so, and one resource is no choice', async () => {
    const { browser, page } = await asked('both', BOTH);
    const shown = await browser.submit(page, { decision: 'allow', resources: 'all' });
    expect((await redeem('both', shown, { resource: OTHERS })).json()['scope']).toBe('openid others.read');
    expect(codeIn(await start(browser, 'both', [...BOTH, ['prompt', 'none']]))).toMatch(/^vk_ac_/);
    const one = await asked('odd', { resource: PHOTOS });
    expect(radios(one.page, 'resources')).toEqual([]);
  });

  it.each([
    ['a resource that was not asked for', { resources: 'https://evil.example' }],
    ['a duration that is not offered', { resources: 'all', duration: '3650' }],
    ['a duration that is none', { resources: 'all', duration: 'forever' }],
    ['a negative one', { resources: 'all', duration: '-1' }],
  ])('attack class 25: %s in the form gives nothing, and the page is shown again', async (_what, change) => {
    const { browser, page } = await asked('odd', BOTH);
    const again = await browser.submit(page, { decision: 'allow', ...change });
    expect([again.status, codeIn(again)]).toEqual([200, undefined]);
    expect(radios(again, 'resources')).toEqual([PHOTOS, OTHERS, 'all']);
    expect(await authorizationsOf('odd')).toHaveLength(0);
  });

  it('who only tells who she is is not asked for how long; access while she is away is', async () => {
    const { browser, page } = await asked('who', { scope: 'openid email' });
    expect(radios(page, 'duration')).toEqual([]);
    await browser.submit(page, { decision: 'allow' });
    expect(await daysLeft('who')).toStrictEqual([undefined]);
    const away = await start(browser, 'who', { scope: 'openid email offline_access', prompt: 'consent' });
    expect(radios(away, 'duration')).toContain('30*');
  });

  it('A3, attack class 238: access to an API, and access while she is away, stand not under who she is', async () => {
    const sections = ({ text }: Shown) =>
      [...text.matchAll(/<h2 class="section">([^<]*)<\/h2>\s*<ul[\s\S]*?<\/ul>/g)].map(([all, title = '']) => [
        title,
        ...[...all.matchAll(/<bdi>([^<]*)/g)].map(([, said]) => said),
      ]);
    const { page } = await asked('grouped', { scope: 'openid email offline_access photos.read' });
    expect(sections(page)).toEqual([
      ['It learns who you are', 'See your e-mail address'],
      ['It cannot work without', 'Keep access when you are not signed in', 'Do something that is not described yet'],
    ]);
    const { page: away } = await asked('grouped', { scope: 'openid email offline_access' });
    expect(away.text).not.toContain('Sign in to');
    expect(sections(away)).toEqual([
      ['It learns who you are', 'See your e-mail address'],
      ['It cannot work without', 'Keep access when you are not signed in'],
    ]);
  });

  it('a grant by name is for days, not for one time only', async () => {
    const { page } = await asked('named', { grant_management_action: 'create' });
    expect(radios(page, 'duration')).toEqual(['7', '30*', 'until_ended']);
  });

  it('while what she gave rests there is nothing to allow, only the way back', async () => {
    const { browser, page } = await asked('rests');
    await browser.submit(page, { decision: 'allow' });
    await meanwhile(
      `INSERT INTO trusted_issuer (issuer, name, jwks, audiences, algorithms, max_age, enabled)
       VALUES ('https://gone.example', 'Gone', '{"keys":[]}', '[]', '["ES256"]', 1000, FALSE)`,
      `UPDATE authorization_record SET state = 'suspended', party_issuer = 'https://gone.example' WHERE client_id = 'rests'`,
    );
    const resting = await start(browser, 'rests');
    expect(resting.text).toContain('is suspended and cannot be given access now');
    expect(resting.text).not.toContain('value="allow"');
    const forced = await browser.submit(resting, { decision: 'allow', duration: '30' });
    expect([forced.status, codeIn(forced)]).toEqual([200, undefined]);
    expect(errorIn(await browser.submit(resting, { decision: 'deny' }))).toBe('access_denied');
  });
});
